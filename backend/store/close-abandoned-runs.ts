import type { Run } from '#protocol/run.ts';

import type { RunStore, Submission } from './run-store.ts';

/** A browser that has not reported leg 1 after this long never will. */
const ABANDONED_AFTER_MS = 600_000;
const LOOK_EVERY_MS = 30_000;
/** Between two looks the two clocks drift by less than this, unless one was set, or the machine slept. */
const CLOCK_SET_MS = 20_000;

/** What takes the one submission of such a run. */
export const ABANDONED = { digest: 'abandoned', numberHmac: null } satisfies Submission;

/** Ends runs whose browser went away for good. Returns what stops the looking. */
export function closeAbandonedRuns(
  store: RunStore,
  interrupt: (run: Run, atMs: number) => Promise<void>,
  reportBug: (error: unknown) => void,
): () => void {
  let since = Date.now();
  let offset = clockOffset();
  const look = async () => {
    // A clock that was set says nothing of how long a browser has been silent: the ten minutes begin anew.
    const set = Math.abs(clockOffset() - offset) > CLOCK_SET_MS;
    offset = clockOffset();
    if (set) since = Date.now();
    // Nobody could report to a backend that was away: its own ten minutes begin when it does.
    if (Date.now() - since < ABANDONED_AFTER_MS) return;
    for (const id of await store.abandoned(Date.now() - ABANDONED_AFTER_MS)) {
      const stored = await store.read(id);
      if (stored) await interrupt(stored.run, ABANDONED_AFTER_MS);
    }
  };
  const timer = setInterval(() => void look().catch(reportBug), LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** By how much the wall clock is ahead of the one that nobody sets. */
const clockOffset = () => Date.now() - performance.now();
