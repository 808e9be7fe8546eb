import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import { Run } from '#protocol/run.ts';

import type { RouteTools } from './route-tools.ts';
import { visibleRun } from './visible-run.ts';

export function addReadRun(app: FastifyInstance, { store }: RouteTools): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/v1/runs/:id',
    {
      config: { needs: 'any key' },
      schema: { params: z.object({ id: z.uuid() }), response: { 200: Run } },
    },
    async (request) => {
      return (await visibleRun(store, request, request.params.id)).run;
    },
  );
}
