import type { Run } from '#protocol/run.ts';

export type Expected = 'as_expected' | 'not_as_expected' | 'inconclusive';

/** The rule of `protocol/run.ts`, written again because that file brings zod along; a test holds the two together. */
export function expectedOf(run: Pick<Run, 'verdict' | 'expectation'>): Expected {
  if (run.verdict === 'failed') return run.expectation === 'must_fail' ? 'as_expected' : 'not_as_expected';
  if (run.verdict !== 'match' && run.verdict !== 'no_match') return 'inconclusive';
  return run.verdict === run.expectation ? 'as_expected' : 'not_as_expected';
}
