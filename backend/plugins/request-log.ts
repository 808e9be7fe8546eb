import type { FastifyInstance } from 'fastify';

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

/** One line for each answer: route pattern, never the URL. */
export function addRequestLog(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });
}
