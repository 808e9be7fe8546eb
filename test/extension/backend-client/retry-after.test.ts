import { expect, test } from 'vitest';

import { retryMoment } from '../../../extension/backend-client/retry-after.ts';

test.each([
  ['12', 13_000],
  ['0', 1000],
  ['999999999', 172_801_000],
])(
  'Retry-After of %s s is the moment when they are over, two days at most (RFC 9110 §10.2.3)',
  (header, moment) => {
    expect(retryMoment(header, 1000)).toBe(moment);
  },
);

test.each([null, '', '-1', '1.5', 'soon', '1e9', '12345678901', 'Fri, 31 Dec 1999 23:59:59 GMT'])(
  'Retry-After of %j says nothing',
  (header) => {
    expect(retryMoment(header, 1000)).toBeNull();
  },
);
