import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, but never longer than the operator runs. */
export async function wait(ms: number, closing: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal: closing }).catch(() => {});
}
