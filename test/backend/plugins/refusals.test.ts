import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ApiError } from '#protocol/backend-api.ts';

import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import { ACCESS_KEY, type Bench, call, createRequest, startBench } from '../../support/bench.ts';
import { rawCall } from '../../support/raw-call.ts';

const BROKEN_RUN = '00000000-0000-4000-8000-000000000000';
let bench: Bench;
beforeAll(async () => {
  const store = createMemoryRunStore();
  const read: typeof store.read = (id) => {
    if (id === BROKEN_RUN) throw new TypeError(`the store broke at ${BROKEN_RUN} with secret-canary`);
    return store.read(id);
  };
  bench = await startBench({ store: { ...store, read } });
});
afterAll(() => bench.close());

async function post(text: string, contentType = 'application/json'): Promise<[number, string, string]> {
  const response = await fetch(`${bench.url}/v1/runs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ACCESS_KEY}`, 'content-type': contentType },
    body: text,
  });
  const { error } = ApiError.parse(await response.json());
  expect(error.requestId).toMatch(/^req-/);
  return [response.status, error.code, error.message];
}

const valid = JSON.stringify(createRequest());
const with_ = (text: string) => valid.replace('{', `{${text},`);

describe('a body that a web page could send without asking is 415 (B4, PR8)', () => {
  test.each([
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    'application/xml',
  ])('%s', async (type) => {
    expect((await post(valid, type)).slice(0, 2)).toEqual([415, 'api.unsupported_media_type']);
  });
});

describe('a body that is none is 400 (B6, B7, B8)', () => {
  test.each([
    ['half an object (B6)', '{"id":'],
    ['nothing (B6)', ''],
    ['a string (B6)', '"x"'],
    ['null (B6)', 'null'],
    ['an array (B6)', `[${valid}]`],
    ['__proto__ (B7)', with_('"__proto__":{"admin":true}')],
    ['constructor.prototype (B7)', with_('"constructor":{"prototype":{"admin":true}}')],
    ['__proto__ far inside (B7)', with_('"conditions2":{"a":{"__proto__":{}}}')],
    ['__proto__ written as an escape (B7)', with_('"\\u005f_proto__":{}')],
    ['thirty thousand arrays in each other (B8)', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['a member nobody knows (B9)', with_('"admin":true')],
  ])('%s', async (_name, text) => {
    const [status, code, message] = await post(text);
    expect([status, code]).toEqual([400, 'api.bad_request']);
    expect(message).not.toContain('admin":true');
    expect(Object.prototype).not.toHaveProperty('admin');
  });
});

describe('JSON in JSON (B8)', () => {
  const deep = (levels: number) => `{"x":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

  test('deeper than anything we know is refused before it is parsed', async () => {
    expect(await post(deep(33))).toEqual([400, 'api.bad_request', 'The JSON is more than 32 levels deep.']);
    // Nobody has to find out first that this is no JSON.
    expect((await post('[{'.repeat(30_000)))[2]).toContain('levels deep');
    expect((await post(deep(32)))[2]).not.toContain('levels deep');
  });

  test('that is text within a string is text, also behind escaped quotes', async () => {
    for (const text of ['[', '\\"[', '\\\\', '\\\\\\"['])
      expect((await post(with_(`"x":"${text.repeat(60)}"`)))[2]).not.toContain('levels deep');
  });
});

test.each(['limit=1&limit=2', 'limit[]=1', 'limit=1&verdict=match&verdict=failed', 'limit=1e1', 'limit=-1'])(
  'a query of another form than asked for is refused: %s (B10)',
  async (query) => {
    const refused = await call(bench, 'GET', `/v1/runs?${query}`);
    expect([refused.status, (await refused.json()).error.code]).toEqual([400, 'api.bad_request']);
  },
);

describe('a body that is too large is 413 (B5)', () => {
  test('65 KiB to /v1/runs', async () => {
    expect((await post(with_(`"x":"${'a'.repeat(66_000)}"`))).slice(0, 2)).toEqual([413, 'api.too_large']);
  });

  test('257 KiB to /callback, which takes more for its hops', async () => {
    const path = `/v1/runs/${createRequest().id}/callback`;
    const large = await call(bench, 'POST', path, { x: 'a'.repeat(263_000) });
    expect(large.status).toBe(413);
    expect((await call(bench, 'POST', path, { x: 'a'.repeat(200_000) })).status).toBe(400);
  });
});

describe('a path that leads nowhere is refused in our own words (B11, B12)', () => {
  test.each([
    ['GET', '/', 404],
    ['GET', '/v1/nothing', 404],
    ['GET', '/v1/../../etc/passwd', 404],
    ['GET', '/v1/runs/..%2f..%2fetc%2fpasswd', 400],
    ['GET', '/%zz', 400],
    ['GET', `/v1/runs/${'a'.repeat(10_000)}`, 400],
    ['DELETE', '/v1/runs', 404],
    ['PUT', '/v1/profiles', 404],
    ['TRACE', '/v1/profiles', 404],
  ])('%s %.40s is %i', async (method, path, status) => {
    const key = `authorization: Bearer ${ACCESS_KEY}`;
    const reply = await rawCall(bench.url, [`${method} ${path} HTTP/1.1`, 'host: 127.0.0.1', key]);
    expect(reply.status).toBe(status);
    const { error } = ApiError.parse(JSON.parse(reply.body));
    expect(error.message).not.toContain('passwd');
    expect(error.message).not.toContain('%zz');
  });
});

test.each([
  ['two lengths', ['content-length: 2', 'content-length: 30']],
  ['a length and chunks', ['content-length: 2', 'transfer-encoding: chunked']],
  ['chunks by another word', ['transfer-encoding: xchunked']],
])(
  '%s leave open where the request ends, so it is refused, and what follows is no second one (ASVS 4.2.1)',
  async (_name, lengths) => {
    const key = `authorization: Bearer ${ACCESS_KEY}`;
    const head = ['POST /v1/runs HTTP/1.1', 'host: 127.0.0.1', key, 'content-type: application/json'];
    const smuggled = 'GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n';
    const reply = await rawCall(bench.url, [...head, ...lengths], `0\r\n\r\n${smuggled}`);
    expect(reply.status).toBe(400);
    expect(reply.body).not.toContain('number-verify-inspector');
  },
);

test('a fault of ours shows a sentence and an id; the log has the place and never the message (B25, PR3)', async () => {
  const response = await call(bench, 'GET', `/v1/runs/${BROKEN_RUN}`);
  expect(response.status).toBe(500);
  const { error } = ApiError.parse(await response.json());
  expect(error).toMatchObject({ code: 'api.internal' });
  expect(error.message).not.toMatch(/canary|TypeError|store/);
  const line =
    bench.log.find((one) => one.includes('unforeseen error') && one.includes(error.requestId)) ?? '';
  expect(JSON.parse(line).err).toMatchObject({
    type: 'TypeError',
    stack: expect.stringContaining('refusals.test'),
  });
  expect(line).not.toContain('secret-canary');
});

test('what a caller writes cannot make a log line of its own (B24)', async () => {
  const before = bench.log.length;
  await rawCall(bench.url, [
    'GET /v1/%0d%0a{"level":60,"msg":"forged"} HTTP/1.1',
    'host: 127.0.0.1',
    'user-agent: \u001b[31m{"level":60}',
    'x-forwarded-for: 1.2.3.4',
  ]);
  const lines = bench.log.slice(before);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(line.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(line).level).toBeLessThan(60);
    expect(line).not.toContain('forged');
    expect(line).not.toContain('1.2.3.4');
  }
});
