import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { CoverageFilter, CoverageQuery, LatencyReply } from '#protocol/coverage-api.ts';
import { CoverageTable } from '#protocol/coverage-table.ts';

import type { RouteTools } from './route-tools.ts';

/** What has been tested and how it went, by two conditions; and how long it took. */
export function addCoverage(app: FastifyInstance, { store }: RouteTools): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get(
    '/v1/coverage',
    {
      config: { needs: 'any key' },
      schema: { querystring: CoverageQuery, response: { 200: CoverageTable } },
    },
    async ({ query, caller }) => store.coverage(query, caller.sees),
  );
  typed.get(
    '/v1/latency',
    {
      config: { needs: 'any key' },
      schema: { querystring: CoverageFilter, response: { 200: LatencyReply } },
    },
    async ({ query, caller }) => store.latency(query, caller.sees),
  );
}
