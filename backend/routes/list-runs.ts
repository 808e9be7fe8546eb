import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { RunsReply } from '#protocol/history-api.ts';
import { ListRunsQuery } from '#protocol/history-requests.ts';

import type { RouteTools } from './route-tools.ts';

/** A page of the history, the newest first. What runs are made meanwhile comes in at the top and moves no later page. */
export function addListRuns(app: FastifyInstance, { store }: RouteTools): void {
  app
    .withTypeProvider<ZodTypeProvider>()
    .get(
      '/v1/runs',
      { config: { needs: 'any key' }, schema: { querystring: ListRunsQuery, response: { 200: RunsReply } } },
      async ({ query: { cursor = null, limit, ...filter }, caller }) =>
        store.list(filter, cursor, limit, caller.sees),
    );
}
