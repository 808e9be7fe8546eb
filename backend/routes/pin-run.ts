import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import { PinRequest } from '#protocol/history-requests.ts';

import { Refusal } from '../plugins/failure-replies.ts';
import type { RouteTools } from './route-tools.ts';
import { ownRun } from './visible-run.ts';

/** Keeps a run whatever the retention says, or no longer. */
export function addPinRun(app: FastifyInstance, { store }: RouteTools): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/v1/runs/:id/pin',
    {
      config: { needs: 'runs' },
      schema: { params: z.object({ id: z.uuid() }), body: PinRequest, response: { 200: PinRequest } },
    },
    async (request) => {
      const { params, body } = request;
      const { run } = await ownRun(store, request, params.id);
      if (!(await store.setPinned(run.id, body.pinned)))
        throw new Refusal('api.not_found', 'This backend has no such run.');
      return body;
    },
  );
}
