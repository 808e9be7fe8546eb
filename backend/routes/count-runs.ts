import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { RunCount, RunFilter } from '#protocol/history-api.ts';

import type { RouteTools } from './route-tools.ts';

/** How many runs the list has with the same filter, up to where nobody counts any more. */
export function addCountRuns(app: FastifyInstance, { store }: RouteTools): void {
  app
    .withTypeProvider<ZodTypeProvider>()
    .get(
      '/v1/runs/count',
      { config: { needs: 'any key' }, schema: { querystring: RunFilter, response: { 200: RunCount } } },
      async ({ query, caller }) => store.count(query, caller.sees),
    );
}
