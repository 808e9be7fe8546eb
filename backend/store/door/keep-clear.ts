import type { DoorStore } from './door-store.ts';

const LOOK_EVERY_MS = 60_000;

/** Removes what has run out, every minute. Returns what stops it. */
export function keepClear(
  door: DoorStore,
  now: () => number,
  reportBug: (error: unknown) => void,
): () => void {
  const timer = setInterval(() => void door.clear(now()).catch(reportBug), LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
