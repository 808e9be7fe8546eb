import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import { Run } from '#protocol/run.ts';

import { Refusal } from '../plugins/failure-replies.ts';
import type { RouteTools } from './route-tools.ts';

export function addReadRun(app: FastifyInstance, { store }: RouteTools): void {
  app
    .withTypeProvider<ZodTypeProvider>()
    .get(
      '/v1/runs/:id',
      { schema: { params: z.object({ id: z.uuid() }), response: { 200: Run } } },
      async (request) => {
        const stored = await store.read(request.params.id);
        if (!stored) throw new Refusal('api.not_found', 'This backend has no such run.');
        return stored.run;
      },
    );
}
