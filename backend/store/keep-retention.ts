import type { RunStore } from './run-store.ts';

const DAY_MS = 86_400_000;
const LOOK_EVERY_MS = 3_600_000;

/** Deletes, every hour, the runs that are older than so many days. Returns what stops it; 0 days keep everything. */
export function keepRetention(
  store: RunStore,
  days: number,
  reportBug: (error: unknown) => void,
  everyMs = LOOK_EVERY_MS,
): () => void {
  if (days === 0) return () => undefined;
  const look = () => store.deleteBefore(Date.now() - days * DAY_MS).catch(reportBug);
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  void look();
  return () => clearInterval(timer);
}
