import type { Run } from '../run.ts';
import { differsFromReferenceAt } from './compare-runs.ts';

/** Where a run leaves the chain of its reference; `hop` is null if it does not. */
export interface HeldAgainst {
  hop: number | null;
}

/**
 * What is said of a run without being asked; null where it would tell nothing or mislead.
 *
 * A simulated run is held against a simulated reference, whatever the scenarios: a fault scenario leaves the good way where
 * a live fault would, and to see that is what it is played for. It is never held against a live one, nor the other way
 * round: hosts, hops and times are all others there, and "differs at hop 1" would be said of every run.
 */
export function heldAgainst(reference: Run | null, run: Run): HeldAgainst | null {
  if (!reference || reference.id === run.id || run.phase !== 'ended') return null;
  if ((reference.origin === 'simulated') !== (run.origin === 'simulated')) return null;
  // Another way of walking sees other things of the same chain.
  if (reference.capture !== run.capture) return null;
  // A person, or a browser that went away, cut it short: that says nothing of the operator.
  if (!run.chainEnd || run.chainEnd.kind === 'cancelled' || run.chainEnd.kind === 'interrupted') return null;
  return { hop: differsFromReferenceAt(reference, run) };
}
