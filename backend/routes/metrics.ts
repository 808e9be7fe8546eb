import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import type { Metrics } from '../monitoring/metrics.ts';
import { METRICS } from './answer-kinds.ts';

/** What Prometheus reads, in its text format. */
export function addMetrics(app: FastifyInstance, { registry }: Metrics): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/metrics',
    {
      config: { needs: 'any key' },
      schema: { response: METRICS },
    },
    async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  );
}
