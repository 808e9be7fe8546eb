import type { RunEvent } from '#protocol/run-events.ts';

import type { RunStore } from '../store/run-store.ts';

/** Who is listening to which run. What is published here has been committed before. */
export interface LiveRuns {
  publish(runId: string, events: readonly RunEvent[]): void;
  /**
   * Every event of a run from the first, then those to come, as they were committed together, until it has ended or
   * `signal` aborts. `heard` are all there are so far of a run that this process carries: what is to come is heard here,
   * and the store is not asked.
   */
  follow(
    runId: string,
    store: RunStore,
    signal: AbortSignal,
    heard?: readonly RunEvent[],
  ): AsyncGenerator<readonly RunEvent[]>;
}

/** Milliseconds of silence after which the store is asked: another process may carry the run. */
const QUIET_MS = 2000;
/** The same for a run that this process carries, whose lease it may have lost all the same. */
const QUIET_HERE_MS = 15_000;

type Listener = (events: readonly RunEvent[]) => void;

export function createLiveRuns(quietMs = QUIET_MS): LiveRuns {
  const listeners = new Map<string, Set<Listener>>();
  return {
    publish(runId, events) {
      for (const listener of listeners.get(runId) ?? []) listener(events);
    },
    async *follow(runId, store, signal, heard) {
      // Listening before the store is read, so that nothing falls between; the sequence drops what came twice.
      const inbox = openInbox(listeners, runId, signal);
      try {
        let seen = 0;
        let events = heard ?? (await store.read(runId))?.events ?? [];
        for (;;) {
          const fresh = events.filter(({ sequence }) => sequence > seen);
          if (fresh.length > 0) yield fresh;
          seen = fresh.at(-1)?.sequence ?? seen;
          if (seen === 0 || fresh.some(({ type }) => type === 'ended')) return;
          const next = await inbox.next(heard ? QUIET_HERE_MS : quietMs);
          if (next === 'left') return;
          events = next ?? (await storedEvents(runId, store));
        }
      } finally {
        inbox.close();
      }
    },
  };
}

interface Inbox {
  /** All that came since the last time, or comes first; null if nothing does for so long. */
  next(quietMs: number): Promise<readonly RunEvent[] | null | 'left'>;
  close(): void;
}

function openInbox(listeners: Map<string, Set<Listener>>, runId: string, signal: AbortSignal): Inbox {
  let waiting: RunEvent[] = [];
  let wake: () => void = () => undefined;
  const listener: Listener = (events) => {
    waiting.push(...events);
    wake();
  };
  const leave = () => wake();
  const others = listeners.get(runId) ?? new Set();
  listeners.set(runId, others.add(listener));
  signal.addEventListener('abort', leave);
  return {
    async next(quietMs) {
      if (waiting.length === 0 && !signal.aborted) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
          timer = setTimeout(resolve, quietMs).unref();
        });
        clearTimeout(timer);
      }
      if (signal.aborted) return 'left';
      const came = waiting;
      waiting = [];
      return came.length > 0 ? came : null;
    },
    close() {
      signal.removeEventListener('abort', leave);
      others.delete(listener);
      if (others.size === 0 && listeners.get(runId) === others) listeners.delete(runId);
    },
  };
}

/** A store that does not answer now may do so the next time. */
async function storedEvents(runId: string, store: RunStore): Promise<RunEvent[]> {
  const stored = await store.read(runId).catch(() => null);
  return stored?.events ?? [];
}
