import type { Run } from '#protocol/run.ts';

import type { Begun, Carried } from '../legs/carry-run.ts';
import type { StoredRun } from '../store/run-store.ts';

/** A run as it was read, and who carries it from there. */
interface Beginning {
  stored: StoredRun;
  begun: Exclude<Begun, { claim: 'changed' }>;
  done: Promise<void>;
}

/**
 * Reads a run and begins to carry it; once more where it was written to in between, as one that was handed to a phone is,
 * or where a claim of it was taken back whose answer this process never got.
 */
export async function beginCarrying(
  read: () => Promise<StoredRun>,
  carry: (run: Run) => Carried,
): Promise<Beginning> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const stored = await read();
    const carried = carry(stored.run);
    const begun = await carried.begun;
    if (begun.claim !== 'changed') return { stored, begun, done: carried.done };
  }
  throw new Error('A run changed each time it was to be claimed');
}

/** Nothing writes to a run that nobody carries more than a few times. */
const MOST_TRIES = 5;
