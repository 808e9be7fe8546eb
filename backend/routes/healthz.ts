import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

/** Alive, and who answers: needs no key, says nothing else. */
export function addHealthz(app: FastifyInstance): void {
  const reply = z.object({ status: z.literal('ok'), service: z.literal('number-verify-inspector') });
  app
    .withTypeProvider<ZodTypeProvider>()
    .get(
      '/healthz',
      { config: { needs: 'nothing', counts: 'nothing' }, schema: { response: { 200: reply } } },
      async () => ({
        status: 'ok' as const,
        service: 'number-verify-inspector' as const,
      }),
    );
}
