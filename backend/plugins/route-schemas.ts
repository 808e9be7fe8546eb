import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify';

import { ApiError } from '#protocol/backend-api.ts';

import { API_WORDS, type RouteWords } from './api-words.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A POST that is sent without a body. */
    isBodyless?: boolean;
  }
}

/**
 * A route that does not say what it takes and answers is not registered: what has no schema is checked by nobody, and
 * documented by nobody. To those that do, the words of the documentation and the refusals all have are added.
 */
export function requireSchemas(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const schema: FastifySchema & { hide?: boolean } = route.schema ?? {};
    // Files of the documentation's own page; and HEAD is GET without its body.
    if (schema.hide || route.method === 'HEAD') return;
    const words = API_WORDS[`${route.method} ${route.url}`];
    const missing = missingIn(route, schema, words);
    if (missing || !words) throw new TypeError(`${route.method} ${route.url} has no ${missing}`);
    const { refuses = [], ...said } = words;
    const codes = [...refusalsOf(route, schema), ...refuses];
    route.schema = {
      ...schema,
      ...said,
      ...(route.config?.needs === 'nothing' ? { security: [] } : {}),
      response: {
        ...Object.fromEntries(codes.map((code) => [code, ApiError])),
        ...(schema.response as Record<string, unknown>),
      },
    } as FastifySchema;
  });
}

function missingIn(route: RouteOptions, schema: FastifySchema, words?: RouteWords): string | null {
  const takesBody = route.method === 'POST' && !route.config?.isBodyless;
  if (!schema.response) return 'schema of its answer';
  if (route.url.includes(':') && !schema.params) return 'schema of its params';
  if (takesBody && !schema.body) return 'schema of its body';
  return words ? null : 'words in API_WORDS';
}

function refusalsOf({ method, url, config }: RouteOptions, { body, params }: FastifySchema): number[] {
  return [
    ...[400, 403, 408, 500, 503],
    ...(config?.needs === 'nothing' ? [] : [401, 429]),
    ...(params ? [404] : []),
    ...(body ? [413, 415] : []),
    ...(method === 'GET' || url === '/h/:code' ? [] : [507]),
  ];
}
