import type { Leg, LegName } from './leg.ts';
import { isOwnFailure } from './own-failures.ts';
import type { Run } from './run.ts';

/** The named leg of a run. */
export function legOf(run: Run, name: LegName): Leg {
  const leg = run.legs.find((one) => one.name === name);
  if (!leg) throw new TypeError(`A run always has a ${name} leg`);
  return leg;
}

export type Expected = 'as_expected' | 'not_as_expected' | 'inconclusive';

/** Whether the run ended as its tester expected; inconclusive runs, and what we lost ourselves, count as neither. */
export function asExpected(run: Pick<Run, 'verdict' | 'expectation' | 'failure'>): Expected {
  if (run.verdict !== 'match' && run.verdict !== 'no_match' && run.verdict !== 'failed')
    return 'inconclusive';
  if (run.verdict === 'failed' && isOwnFailure(run.failure?.code)) return 'inconclusive';
  const got = run.verdict === 'failed' ? 'must_fail' : run.verdict;
  return got === run.expectation ? 'as_expected' : 'not_as_expected';
}
