import type { Hop } from '../hop.ts';
import type { Run } from '../run.ts';
import { networkHops } from './rule.ts';

/** The hop that took longest, how long (ms), and its share of the chain's time (0 to 1). */
export function slowest(run: Run): { hop: Hop; ms: number; share: number } | null {
  const hop = networkHops(run).toSorted((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0))[0];
  const total = run.chainEnd?.atMs ?? 0;
  if (!hop || total <= 0) return null;
  const ms = hop.durationMs ?? 0;
  return { hop, ms, share: Math.min(1, ms / total) };
}

/** For example `4012 ms of 4300 ms (93 %)`. */
export function spellShare(ms: number, run: Run): string {
  const total = run.chainEnd?.atMs ?? 0;
  return `${Math.round(ms)} ms of ${Math.round(total)} ms (${Math.round((ms / total) * 100)} %)`;
}
