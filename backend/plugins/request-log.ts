import type { IncomingMessage } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';

import type { Metrics } from '../monitoring/metrics.ts';
import { traceOf } from '../monitoring/trace.ts';
import { LOCAL_OWNER } from './access.ts';

/** Nothing of a request is logged but what is named here: URLs and headers can carry keys and codes. */
export const LOG_SERIALIZERS = {
  err: (error: Error & { code?: string }) => ({
    type: error.name,
    code: error.code ?? null,
    // No message, and the stack without the line that repeats it: messages can quote a request.
    message: '',
    stack: callsOf(error.stack ?? ''),
  }),
  req: () => ({}),
  res: () => ({}),
};

function callsOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .join('\n');
}

/** Every line about a request names it and the trace it belongs to. */
export function logOfRequest(
  logger: FastifyBaseLogger,
  bindings: Record<string, unknown>,
  options: object,
  { headers }: IncomingMessage,
): FastifyBaseLogger {
  return logger.child({ ...bindings, ...traceOf(headers) }, options);
}

/** One line and one count for each answer: route pattern, never the URL. */
export function addRequestLog(app: FastifyInstance, { requests }: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const { url: route = 'none' } = request.routeOptions;
    const { method } = request;
    const status = reply.statusCode;
    // Outside our routes the method is anybody's choice.
    requests.inc({ method: route === 'none' ? 'any' : method, route, status: String(status) });
    const runId = runIdOf(request);
    const key = keyIdOf(request);
    request.log.info(
      {
        method,
        route,
        ...(key ? { key } : {}),
        ...(runId ? { runId } : {}),
        status,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });
}

/** Who was let in as far as a key does: its id in the list, or `local`. Whoever showed none that is known has none. */
function keyIdOf({ caller }: FastifyRequest): string | null {
  // Before the door has looked there is no caller.
  const known = caller as FastifyRequest['caller'] | null;
  return known && (known.key?.id ?? LOCAL_OWNER);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Of the path, or of the body that opens a run; only what has the form of an id, since the request may have been refused. */
function runIdOf({ routeOptions, params, body }: FastifyRequest): string | null {
  const named = routeOptions.url?.startsWith('/v1/runs/:id')
    ? params
    : routeOptions.url === '/v1/runs'
      ? body
      : null;
  const id = typeof named === 'object' && named !== null && 'id' in named ? String(named.id) : '';
  return UUID.test(id) ? id : null;
}
