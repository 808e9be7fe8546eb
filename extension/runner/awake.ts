import browser from 'webextension-polyfill';

/** Milliseconds between API calls that keep the worker alive while something is under way (docs/facts.md). */
const HEARTBEAT_MS = 5_000;

/** Keeps this worker alive until `work` is over. */
export function keepAwake<T>(work: Promise<T>): Promise<T> {
  const heartbeat = setInterval(() => void browser.runtime.getPlatformInfo(), HEARTBEAT_MS);
  return work.finally(() => clearInterval(heartbeat));
}
