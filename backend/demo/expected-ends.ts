import type { Verdict } from '#protocol/run.ts';

/** Scenarios that end well in spite of, or because of, their name; all others are made to fail. */
const ENDS: Record<string, Verdict> = {
  match: 'match',
  'no-match': 'no_match',
  'slow-hop': 'match',
  'premiuminfo-503-once': 'match',
};

/** How a run of the scenario should end. */
export function expectedEnd(scenario: string): Verdict {
  return ENDS[scenario] ?? 'failed';
}
