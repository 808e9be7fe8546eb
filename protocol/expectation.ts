import type { Conditions, Expectation } from './run.ts';

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
