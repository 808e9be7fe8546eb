import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import { Refusal } from '../plugins/failure-replies.ts';
import { NOTHING } from './answer-kinds.ts';
import type { RouteTools } from './route-tools.ts';
import { ownRun } from './visible-run.ts';

/** Deletes a run for good, a pinned one too: who asks for this very run means it. */
export function addDeleteRun(app: FastifyInstance, { store }: RouteTools): void {
  app
    .withTypeProvider<ZodTypeProvider>()
    .delete(
      '/v1/runs/:id',
      { config: { needs: 'runs' }, schema: { params: z.object({ id: z.uuid() }), response: NOTHING } },
      async (request, reply) => {
        const { id } = request.params;
        await ownRun(store, request, id);
        const outcome = await store.delete(id);
        if (outcome === 'unknown') throw new Refusal('api.not_found', 'This backend has no such run.');
        if (outcome === 'in_flight')
          throw new Refusal('api.run_in_flight', 'This run has not ended yet. Wait for its verdict.');
        return reply.status(204).send();
      },
    );
}
