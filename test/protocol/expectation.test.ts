import { describe, expect, test } from 'vitest';

import { expectationOf } from '#protocol/expectation.ts';

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
