import { describe, expect, test } from 'vitest';

import { clockSkewOf, isSkewed } from '../../../extension/runner/clock-skew.ts';

const DATE = 'Mon, 23 Nov 2026 08:00:00 GMT';
const SENT = Date.parse(DATE);

describe('the backend’s clock, by the Date header of its answer (RFC 9110 §6.6.1)', () => {
  test.each([
    ['five minutes ahead', -300_000, true],
    ['five minutes behind', 300_000, true],
    ['four seconds off', 4000, false],
    ['the same', 0, false],
  ])('%s', (_, off, skewed) => {
    const skew = clockSkewOf(DATE, SENT + off, SENT + off + 20);
    expect(skew?.ms).toBe(490 - off);
    expect(skew && isSkewed(skew)).toBe(skewed);
  });

  test('an answer that took its time proves less', () => {
    const slow = clockSkewOf(DATE, SENT - 12_000, SENT);
    expect(slow).toEqual({ ms: 6500, withinMs: 6500 });
    expect(slow && isSkewed(slow)).toBe(false);
  });

  test.each([null, '', 'yesterday'])('no date that can be read is not known: %s', (date) => {
    expect(clockSkewOf(date, SENT, SENT)).toBeNull();
  });
});
