import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import { ReferenceReply, ReferenceRequest } from '#protocol/history-requests.ts';

import { Refusal } from '../plugins/failure-replies.ts';
import type { RouteTools } from './route-tools.ts';

/** A profile's reference chain: the run that later ones are held against. */
export function addReferenceRun(app: FastifyInstance, { store }: RouteTools): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.post(
    '/v1/runs/:id/reference',
    {
      config: { needs: 'admin' },
      schema: {
        params: z.object({ id: z.uuid() }),
        body: ReferenceRequest,
        response: { 200: ReferenceRequest },
      },
    },
    async ({ params: { id }, body }) => {
      const outcome = await store.setReference(id, body.reference);
      if (outcome === 'unknown') throw new Refusal('api.not_found', 'This backend has no such run.');
      if (outcome === 'in_flight')
        throw new Refusal('api.run_in_flight', 'This run has not ended yet. Wait for its verdict.');
      return body;
    },
  );
  typed.get(
    '/v1/profiles/:id/reference',
    {
      config: { needs: 'any key' },
      schema: { params: z.object({ id: z.string() }), response: { 200: ReferenceReply } },
    },
    async ({ params, caller: { sees } }) => {
      const id = await store.referenceOf(params.id);
      const stored = id === null ? null : await store.read(id);
      const isSeen = stored && (sees === null || stored.run.ownerId === sees);
      return { run: isSeen ? stored.run : null };
    },
  );
}
