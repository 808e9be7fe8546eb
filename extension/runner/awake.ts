import browser from 'webextension-polyfill';

import { beatWhile } from './heartbeat.ts';

/** Keeps this worker alive until `work` is over. */
export function keepAwake<T>(work: Promise<T>): Promise<T> {
  return beatWhile(work, () => void browser.runtime.getPlatformInfo());
}
