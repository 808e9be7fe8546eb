import type { Hop } from '../hop.ts';
import type { Run } from '../run.ts';
import { networkHops } from './rule.ts';

/** Milliseconds from which a hop is worth a word: ten times what a redirect takes on mobile data. */
const SLOW_MS = 2000;

export interface SlowHop {
  hop: Hop;
  ms: number;
  /** Of the time spent at hops, 0 to 1: a pause for a permission is nobody's delay. */
  share: number;
}

/** The slow hops, the slowest first. */
export function slowHopsOf(run: Run): SlowHop[] {
  const hops = networkHops(run);
  const total = hops.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
  return hops
    .map((hop) => ({ hop, ms: hop.durationMs ?? 0, share: (hop.durationMs ?? 0) / total }))
    .filter(({ ms }) => ms >= SLOW_MS)
    .toSorted((a, b) => b.ms - a.ms);
}

/** For example `4012 ms, 93 % of the chain`. */
export function spellSlow({ ms, share }: SlowHop): string {
  return `${Math.round(ms)} ms, ${Math.round(share * 100)} % of the chain`;
}
