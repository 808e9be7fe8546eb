import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import { Run } from '#protocol/run.ts';

import type { RouteTools } from './route-tools.ts';
import { visibleRun } from './visible-run.ts';

/** Who reads many runs to write a file of them says so, and is counted apart. */
const Query = z.object({ for: z.optional(z.literal('file')) });
const isForFile = (query: unknown) => z.safeParse(Query, query).data?.for === 'file';

export function addReadRun(app: FastifyInstance, { store }: RouteTools): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/v1/runs/:id',
    {
      config: { needs: 'any key', counts: ({ query }) => (isForFile(query) ? 'file' : 'call') },
      schema: { params: z.object({ id: z.uuid() }), querystring: Query, response: { 200: Run } },
    },
    async (request) => {
      return (await visibleRun(store, request, request.params.id)).run;
    },
  );
}
