/** Milliseconds without an API call after which Chromium ends a worker; Firefox's event page has the same (docs/facts.md). */
export const IDLE_LIMIT_MS = 30_000;

/** Milliseconds between API calls that keep the worker alive while something is under way. */
export const HEARTBEAT_MS = 5_000;

/** Calls `beat` again and again until `work` is over, however it ends. */
export function beatWhile<T>(work: Promise<T>, beat: () => void): Promise<T> {
  const heartbeat = setInterval(beat, HEARTBEAT_MS);
  return work.finally(() => clearInterval(heartbeat));
}
