import type { Run } from '../run.ts';
import { compareRuns } from './compare-runs.ts';

/** Where a run leaves the chain of its reference. */
export type HeldAgainst =
  | { differs: false }
  /** `after` that hop, where the browser went on by itself: no hop of its own. */
  | { differs: true; hop: number; after: boolean };

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
  if (reference.capture !== run.capture || run.capture === 'handoff') return null;
  // A person, or a browser that went away, cut it short: that says nothing of the operator.
  if (!run.chainEnd || run.chainEnd.kind === 'cancelled' || run.chainEnd.kind === 'interrupted') return null;
  const { chain, firstDivergence } = compareRuns(reference, run);
  const pair = firstDivergence && chain[firstDivergence.at];
  if (!pair) return { differs: false };
  const { madeBy } = pair.kind === 'only_in_reference' ? pair.reference : pair.run;
  return { differs: true, hop: firstDivergence.hop, after: madeBy === 'browser' };
}
