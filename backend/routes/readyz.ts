import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import type { Shutdown } from '../plugins/shutdown.ts';
import type { DoorStore } from '../store/door/door-store.ts';
import type { RunStore } from '../store/run-store.ts';

const Ready = z.object({ status: z.literal('ready') });
const NotReady = z.object({
  status: z.literal('not_ready'),
  reason: z.enum(['shutting_down', 'overloaded', 'store_unavailable', 'schema_outdated']),
});

/** Milliseconds for which an answer of the store counts: anybody may ask here, and must not be able to keep it busy. */
const COUNTS_FOR_MS = 1000;

interface Tools {
  store: RunStore;
  door: DoorStore;
  shutdown: Shutdown;
  isUnderPressure(): boolean;
}

/** Whether requests should be sent here: the store answers, its schema is ours, and there is time and room for them. */
export function addReadyz(app: FastifyInstance, { store, door, shutdown, isUnderPressure }: Tools): void {
  let asked: { at: number; reason: Promise<z.infer<typeof NotReady>['reason'] | null> } | null = null;
  const storeTrouble = () => {
    const at = performance.now();
    if (!asked || at - asked.at > COUNTS_FOR_MS) {
      const reason = Promise.all([store.ready(), door.ready()]).then(
        ([ready]) => (ready ? null : ('schema_outdated' as const)),
        () => 'store_unavailable' as const,
      );
      asked = { at, reason };
    }
    return asked.reason;
  };
  app.withTypeProvider<ZodTypeProvider>().get(
    '/readyz',
    {
      config: { needs: 'nothing', counts: 'nothing' },
      schema: { response: { 200: Ready, 503: NotReady } },
    },
    async (_request, reply) => {
      const reason = shutdown.begun
        ? 'shutting_down'
        : isUnderPressure()
          ? 'overloaded'
          : await storeTrouble();
      if (reason === null) return { status: 'ready' as const };
      return reply.status(503).send({ status: 'not_ready' as const, reason });
    },
  );
}
