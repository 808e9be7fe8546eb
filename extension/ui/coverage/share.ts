import type { CoverageCell, CoverageCounts } from '#protocol/coverage-api.ts';
import type { LegName } from '#protocol/leg.ts';

/** From so many finished runs on a percentage says more than "3 of 3". */
const PERCENT_FROM = 10;
/** A share as good as this is good, and one below the other is bad. */
export const GOOD_FROM = 0.95;
export const FAIR_FROM = 0.7;
/** A cell whose newest finished live run is older says little of today. */
export const STALE_AFTER_DAYS = 7;
const DAY_MS = 24 * 60 * 60_000;

export interface Share {
  asExpected: number;
  of: number;
  /** Null below ten runs. */
  percent: number | null;
}

/** Of the finished live runs alone; null where there is none. */
export function shareOf({ asExpected, notAsExpected }: CoverageCounts): Share | null {
  const of = asExpected + notAsExpected;
  if (of === 0) return null;
  return { asExpected, of, percent: of < PERCENT_FROM ? null : percentOf(asExpected, of) };
}

/** Whole percents; 100 and 0 are said only where it is all or nothing. */
function percentOf(part: number, of: number): number {
  const rounded = Math.round((part / of) * 100);
  return part === 0 || part === of ? rounded : Math.min(99, Math.max(1, rounded));
}

/** How a cell stands: `alarm` is a match where a failure was expected, `beside` has nothing but runs that make no share. */
export type Standing = 'alarm' | 'bad' | 'fair' | 'good' | 'beside';

export function standingOf(counts: CoverageCounts): Standing {
  const { asExpected, notAsExpected, unexpectedMatch } = counts;
  if (unexpectedMatch > 0) return 'alarm';
  const of = asExpected + notAsExpected;
  if (of === 0) return 'beside';
  const share = asExpected / of;
  if (share >= GOOD_FROM) return 'good';
  return share >= FAIR_FROM ? 'fair' : 'bad';
}

export function isStale({ last }: Pick<CoverageCell, 'last'>, now: number): boolean {
  return last !== null && now - last.at > STALE_AFTER_DAYS * DAY_MS;
}

/** The leg that fails most, the earlier one of two alike; null where none did. */
export function worstLeg({ stoppedAt }: CoverageCounts): { leg: LegName; runs: number } | null {
  const legs: LegName[] = ['authorize', 'token', 'premiuminfo'];
  const most = Math.max(...legs.map((leg) => stoppedAt[leg]));
  const leg = legs.find((one) => stoppedAt[one] === most);
  return leg && most > 0 ? { leg, runs: most } : null;
}

export type BesideName = 'simulated' | 'imported' | 'interrupted' | 'cancelled' | 'unknown';
const BESIDE: BesideName[] = ['simulated', 'imported', 'interrupted', 'cancelled', 'unknown'];

/** What stands beside the share and is never in it. */
export function besideOf(counts: CoverageCounts): { name: BesideName; runs: number }[] {
  return BESIDE.map((name) => ({ name, runs: counts[name] })).filter(({ runs }) => runs > 0);
}

/** Whether there is any run at all. */
export function isEmpty(counts: CoverageCounts): boolean {
  return shareOf(counts) === null && besideOf(counts).length === 0;
}
