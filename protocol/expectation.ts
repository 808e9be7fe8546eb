import type { Conditions, Expectation, Run } from './run.ts';

/** What of the conditions keeps a network from recognising a SIM. */
export type Hindrance = 'wifi' | 'wired' | 'vpn';

export interface FollowedExpectation {
  expectation: Expectation;
  because: Hindrance | null;
}

type Told = { [Name in 'bearer' | 'vpn']?: Pick<NonNullable<Conditions[Name]>, 'value'> | undefined };

/** What a tester has to expect under these conditions: only mobile data that goes straight to the operator can verify. */
export function expectationOf({ bearer, vpn }: Told): FollowedExpectation {
  if (bearer?.value === 'wifi' || bearer?.value === 'wired') {
    return { expectation: 'must_fail', because: bearer.value };
  }
  if (vpn?.value === 'yes') return { expectation: 'must_fail', because: 'vpn' };
  return { expectation: 'match', because: null };
}

/**
 * What to expect of a run that is made once more under the conditions of now: what followed from its own follows from
 * these, and what a person set against them stays. The simulated operator's network is none of this device.
 */
export function expectationAgain(
  { origin, conditions, expectation }: Pick<Run, 'origin' | 'conditions' | 'expectation'>,
  now: Told,
): Expectation {
  const followed = expectation === expectationOf(conditions).expectation;
  return origin === 'live' && followed ? expectationOf(now).expectation : expectation;
}
