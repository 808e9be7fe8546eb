import { describe, expect, test } from 'vitest';

import { diagnose } from '#protocol/diagnosis/diagnose.ts';
import { type Failure, failureOf } from '#protocol/failure.ts';
import { FailureCode } from '#protocol/failure-catalogue.ts';
import type { Hop } from '#protocol/hop.ts';
import type { Verdict } from '#protocol/run.ts';

import { CALLBACK_END, hopOf, profileAt, runOf } from '../../support/fixtures.ts';

const rewritten = hopOf({ index: 2, madeBy: 'browser', status: 307, notes: ['upgraded_by_browser'] });

function causeOf(verdict: Verdict, failure: Failure | null, hops: Hop[] = [hopOf()]) {
  const run = runOf(profileAt('https://api.example'), { hops, chainEnd: CALLBACK_END });
  return diagnose(run, verdict, failure);
}

describe('no cause', () => {
  test.each<[string, Verdict, Hop[]]>([
    ['a clean match', 'match', [hopOf()]],
    ['a run that a person cancelled', 'cancelled', [hopOf()]],
    ['a run that was interrupted', 'interrupted', [hopOf()]],
    ['a match over a hop that the browser rewrote', 'match', [hopOf(), rewritten]],
    ['a match with a hop of two seconds in a chain of ten', 'match', [hopOf({ durationMs: 1900 })]],
  ])('for %s', (_name, verdict, hops) => {
    expect(causeOf(verdict, null, hops)).toBeNull();
  });
});

describe('every failure code', () => {
  test.each(FailureCode.options)('%s is diagnosed, with evidence in its own leg', (code) => {
    const failure = failureOf(code, { hop: 1, check: 'some_check' });
    const lost = /\.(reset|timeout)$/.test(code) && failure.leg !== 'authorize';
    const cause = causeOf(lost ? 'unknown' : 'failed', failure);
    expect(cause?.code).toBeDefined();
    expect(cause?.evidence[0]?.leg).toBe(failure.leg);
  });
});
