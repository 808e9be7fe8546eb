/** Every route says what it takes and answers, and the documentation is made of nothing else. */
import { Validator } from '@seriousme/openapi-schema-validator';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';

import { API_WORDS } from '../../../backend/plugins/api-words.ts';
import { requireSchemas } from '../../../backend/plugins/route-schemas.ts';
import { type Bench, startBench } from '../../support/bench.ts';

interface Operation {
  summary?: string;
  tags?: string[];
  security?: unknown[];
  parameters?: { name: string; in: string }[];
  requestBody?: unknown;
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

let bench: Bench;
let document: Document;
beforeAll(async () => {
  bench = await startBench();
  document = (await (await fetch(`${bench.url}/docs/json`)).json()) as Document;
});
afterAll(() => bench.close());

const asData = (value: Document) => structuredClone(value) as unknown as Record<string, unknown>;

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

describe('a route without its schema is not registered', () => {
  const answer = { 200: z.object({}) };
  const id = z.object({ id: z.string() });
  test.each([
    ['of its answer', 'GET /v1/profiles', {}],
    ['of its params', 'GET /v1/runs/:id', { response: answer }],
    ['of its body', 'POST /v1/runs/:id/pin', { response: answer, params: id }],
    ['words', 'GET /v1/nobody-knows', { response: answer }],
  ])('%s: %s', (missing, route, schema) => {
    const app = Fastify();
    requireSchemas(app);
    const [method = '', url = ''] = route.split(' ');
    expect(() => app.route({ method, url, schema, handler: async () => ({}) })).toThrow(missing);
  });

  test('and what is documented is what there is', () => {
    const found = operations().map(({ path, method }) => {
      const url = path.replaceAll(/\{(\w+)\}/g, ':$1');
      return `${method.toUpperCase()} ${url}`;
    });
    expect(found.toSorted()).toEqual(Object.keys(API_WORDS).toSorted());
  });
});

test('the document is OpenAPI 3.1, and its references lead somewhere', async () => {
  expect(document.openapi).toBe('3.1.0');
  const { valid, errors } = await new Validator().validate(asData(document));
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  const broken = structuredClone(document);
  Object.assign(broken.paths['/v1/runs']?.get ?? {}, { responses: 'none' });
  expect((await new Validator().validate(asData(broken))).valid).toBe(false);

  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref);
  expect(refs.length).toBeGreaterThan(20);
  const lost = refs.filter(
    (ref) => !(ref.replace('#/components/schemas/', '') in document.components.schemas),
  );
  expect(lost).toEqual([]);
});

test('every call says what it is for, what it takes, and every way it is refused', () => {
  for (const { path, method, operation } of operations()) {
    const where = `${method} ${path}`;
    expect(operation.summary, where).toBeTruthy();
    expect(operation.tags, where).toHaveLength(1);
    const inPath = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
    expect(inPath, where).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    for (const status of ['400', '403', '500', '503'])
      expect(operation.responses, where).toHaveProperty(status);
    const isOpen = operation.security?.length === 0;
    expect('401' in operation.responses, where).toBe(!isOpen);
  }
  const refusal = document.paths['/v1/runs']?.post?.responses['409']?.content?.['application/json'];
  expect(refusal?.schema.$ref).toBe('#/components/schemas/ApiError');
  const stream = document.paths['/v1/runs/{id}/callback']?.post?.responses['200']?.content ?? {};
  expect(Object.keys(stream)).toEqual(['text/event-stream']);
});

test('the page needs no key, no network and no script but its own files', async () => {
  const page = await fetch(`${bench.url}/docs/`);
  expect(page.status).toBe(200);
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'; script-src 'self';");
  const html = await page.text();
  const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => new URL(file, page.url));
  expect(files.length).toBeGreaterThan(3);
  expect(files.every(({ origin }) => origin === bench.url)).toBe(true);
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  for (const file of files) expect((await fetch(file)).status, file.href).toBe(200);
  // Only there: what this backend answers elsewhere is no page.
  const other = await fetch(`${bench.url}/healthz`);
  expect(other.headers.get('content-security-policy')).toBe(
    "default-src 'none';object-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  );
});
