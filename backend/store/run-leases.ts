import { setTimeout as delay } from 'node:timers/promises';
import type { Run } from '#protocol/run.ts';

import { LEASE_MS, type RunStore } from './run-store.ts';

/** Which runs this process carries, said to the store for as long as it does. */
export interface RunLeases {
  /** Keeps the run's lease until `work` is done, however it ends. */
  during(id: string, work: () => Promise<void>): Promise<void>;
  /** Gives what is being carried a moment to commit its end. */
  stop(): Promise<void>;
}

/** Milliseconds that a process which is asked to end waits for its last commits. */
const LAST_COMMITS_MS = 1000;

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
    async stop() {
      clearInterval(timer);
      await Promise.race([Promise.allSettled(held.values()), delay(LAST_COMMITS_MS, null, { ref: false })]);
    },
  };
}
