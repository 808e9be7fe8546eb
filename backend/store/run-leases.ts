import { setTimeout as delay } from 'node:timers/promises';
import type { Run } from '#protocol/run.ts';

import { LEASE_MS, type RunStore } from './run-store.ts';

/** Which runs this process carries, said to the store for as long as it does. */
export interface RunLeases {
  /** Keeps the run's lease until `work` is done, however it ends. */
  during(id: string, work: () => Promise<void>): Promise<void>;
  /** How many that are now. */
  carried(): number;
  /** Gives what is being carried so many milliseconds to come to its end; what does not is left to its lease. */
  stop(patienceMs?: number): Promise<void>;
}

/** Milliseconds that last commits get at least. */
const LAST_COMMITS_MS = 500;

/**
 * Renews the leases of the runs this process carries, and ends those that nobody carries any more: their process died,
 * or lost its store. `close` ends one by what it has come to.
 */
export function keepLeases(
  store: RunStore,
  close: (run: Run) => Promise<void>,
  reportBug: (error: unknown) => void,
  everyMs = LEASE_MS / 3,
): RunLeases {
  const held = new Map<string, Promise<void>>();
  const during = (id: string, work: () => Promise<void>) => {
    const done = work().finally(() => held.delete(id));
    held.set(id, done);
    return done;
  };
  const look = async () => {
    if (held.size > 0) await store.renewLeases([...held.keys()]);
    for (const id of await store.takeExpired()) {
      const stored = await store.read(id);
      // One that is held here was late to be renewed, and has just been given back to us.
      if (stored && !held.has(id)) void during(id, () => close(stored.run)).catch(reportBug);
    }
  };
  const timer = setInterval(() => void look().catch(reportBug), everyMs);
  timer.unref();
  void look().catch(reportBug);
  return {
    during,
    carried: () => held.size,
    async stop(patienceMs = LAST_COMMITS_MS) {
      clearInterval(timer);
      const late = delay(Math.max(patienceMs, LAST_COMMITS_MS), null, { ref: false });
      await Promise.race([Promise.allSettled(held.values()), late]);
    },
  };
}
