import { describe, expect, test } from 'vitest';

import { expectationAgain, expectationOf } from '#protocol/expectation.ts';

const said = (value: string) => ({ value });

describe('the expectation follows the conditions', () => {
  test.each([
    [{ bearer: said('wifi') }, 'wifi'],
    [{ bearer: said('wired') }, 'wired'],
    [{ bearer: said('5g'), vpn: said('yes') }, 'vpn'],
    [{ bearer: said('wifi'), vpn: said('yes') }, 'wifi'],
  ] as const)('%o must fail, because of %s', (conditions, because) => {
    expect(expectationOf(conditions)).toEqual({ expectation: 'must_fail', because });
  });

  test.each([
    [{}],
    [{ bearer: said('5g') }],
    [{ bearer: said('4g'), vpn: said('no') }],
    [{ bearer: said('3g') }],
    [{ bearer: said('unknown') }],
    [{ vpn: undefined }],
  ])('%o is expected to match', (conditions) => {
    expect(expectationOf(conditions)).toEqual({ expectation: 'match', because: null });
  });
});

describe('a run that is made again', () => {
  const wifi = { bearer: { value: 'wifi', basis: 'stated', at: 1 } } as const;
  const live = { origin: 'live', conditions: wifi } as const;

  test('expects what follows from the conditions of now, where it followed before', () => {
    expect(expectationAgain({ ...live, expectation: 'must_fail' }, { bearer: said('5g') })).toBe('match');
    expect(expectationAgain({ ...live, expectation: 'must_fail' }, wifi)).toBe('must_fail');
    expect(expectationAgain({ ...live, conditions: {}, expectation: 'match' }, wifi)).toBe('must_fail');
  });

  test('keeps what a person set, and all that is simulated', () => {
    expect(expectationAgain({ ...live, expectation: 'no_match' }, { bearer: said('5g') })).toBe('no_match');
    const simulated = { origin: 'simulated', conditions: {}, expectation: 'match' } as const;
    expect(expectationAgain(simulated, wifi)).toBe('match');
  });
});
