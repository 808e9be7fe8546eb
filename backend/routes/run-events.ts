import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import { EVENT_STREAM } from './answer-kinds.ts';
import type { RouteTools } from './route-tools.ts';
import { sendRunStream } from './run-stream.ts';
import { visibleRun } from './visible-run.ts';

/** The events of a run from its first to its verdict, for who watches what another device does. */
export function addRunEvents(app: FastifyInstance, { store, live, stopped }: RouteTools): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/v1/runs/:id/events',
    {
      config: { needs: 'any key' },
      schema: { params: z.object({ id: z.uuid() }), response: EVENT_STREAM },
    },
    async (request, reply) => {
      const { run } = await visibleRun(store, request, request.params.id);
      return sendRunStream(reply, stopped, (signal) => live.follow(run.id, store, signal));
    },
  );
}
