import { EventEmitter, on } from 'node:events';

import type { RunEvent } from '#protocol/run-events.ts';

import type { RunStore, StoredRun } from '../store/run-store.ts';

/** Who is listening to which run. What is published here has been committed before. */
export interface LiveRuns {
  publish(runId: string, events: readonly RunEvent[]): void;
  /**
   * Every event of a run from the first, then those to come, until it has ended or `signal` aborts. `carried` is the run
   * as this process is about to carry it on: then all that is to come is heard here, and the store is not asked.
   */
  follow(
    runId: string,
    store: RunStore,
    signal: AbortSignal,
    carried?: StoredRun | null,
  ): AsyncGenerator<RunEvent>;
}

/** Milliseconds of silence after which the store is asked: another process may carry the run. */
const QUIET_MS = 2000;
/** The same for a run that this process carries, whose lease it may have lost all the same. */
const QUIET_HERE_MS = 15_000;

export function createLiveRuns(quietMs = QUIET_MS): LiveRuns {
  const bus = new EventEmitter();
  bus.setMaxListeners(0);
  return {
    publish(runId, events) {
      bus.emit(runId, events);
    },
    async *follow(runId, store, signal, carried = null) {
      // Subscribed before the store is read, so that nothing falls between; the sequence drops what came twice.
      const later = on(bus, runId, { signal }) as AsyncIterableIterator<[RunEvent[]]>;
      const stored = carried ?? (await store.read(runId));
      let seen = 0;
      try {
        for (const event of stored?.events ?? []) {
          yield event;
          seen = event.sequence;
        }
        if (!stored || stored.run.phase === 'ended') return;
        let next = later.next();
        for (;;) {
          const heard = await heardOrQuiet(next, carried ? QUIET_HERE_MS : quietMs);
          if (heard?.done) return;
          if (heard) next = later.next();
          const events = heard ? heard.value[0] : await storedEvents(runId, store);
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

/** Null if nothing was heard for so long. */
async function heardOrQuiet<T>(next: Promise<T>, quietMs: number): Promise<T | null> {
  // Not with a signal: to abort one makes an error with a stack, for each event of each run.
  let timer: NodeJS.Timeout | undefined;
  const quiet = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), quietMs).unref();
  });
  return Promise.race([next, quiet]).finally(() => clearTimeout(timer));
}

/** A store that does not answer now may do so the next time. */
async function storedEvents(runId: string, store: RunStore): Promise<RunEvent[]> {
  const stored = await store.read(runId).catch(() => null);
  return stored?.events ?? [];
}
