import { EventEmitter, on } from 'node:events';

import type { RunEvent } from '#protocol/run-events.ts';

import type { RunStore } from '../store/run-store.ts';

/** Who is listening to which run. What is published here has been committed before. */
export interface LiveRuns {
  publish(runId: string, events: readonly RunEvent[]): void;
  /** Every event of a run from the first, then those to come, until it has ended or `signal` aborts. */
  follow(runId: string, store: RunStore, signal: AbortSignal): AsyncGenerator<RunEvent>;
}

export function createLiveRuns(): LiveRuns {
  const bus = new EventEmitter();
  bus.setMaxListeners(0);
  return {
    publish(runId, events) {
      bus.emit(runId, events);
    },
    async *follow(runId, store, signal) {
      // Subscribed before the store is read, so that nothing falls between; the sequence drops what came twice.
      const later = on(bus, runId, { signal });
      const stored = await store.read(runId);
      let seen = 0;
      try {
        for (const event of stored?.events ?? []) {
          yield event;
          seen = event.sequence;
        }
        if (!stored || stored.run.phase === 'ended') return;
        for await (const [events] of later as AsyncIterable<[RunEvent[]]>) {
          for (const event of events.filter(({ sequence }) => sequence > seen)) {
            yield event;
            seen = event.sequence;
            if (event.type === 'ended') return;
          }
        }
      } finally {
        await later.return?.();
      }
    },
  };
}
