import { expect, test } from 'vitest';

import { readMsisdn } from '../../../extension/runner/msisdn.ts';
import { fitsMask, partsOfMask } from '../../../extension/runner/number-mask.ts';

test.each(['+447700900907', '+12025550123', '+4915123456789', '+299321234', '+393123456789'])(
  '%s fits the mask that the form makes of it (PR3)',
  async (e164) => {
    const read = await readMsisdn(e164, null);
    expect(read && fitsMask(read.e164, read.mask)).toBe(true);
  },
);

test.each([
  ['+447700900123', 'other last digits'],
  ['+497700900907', 'another country'],
  ['447700900907', 'no E.164'],
])('%s does not fit +44 •••• •••907: %s', (e164) => {
  expect(fitsMask(e164, '+44 •••• •••907')).toBe(false);
});

test('what is no mask fits nothing', () => {
  expect(partsOfMask('+44 •••• •••907')).toEqual({ callingCode: '44', lastDigits: '907' });
  for (const mask of ['', '+', '+447700900907', 'x +44 •••907', '+44 •••• •••907x']) {
    expect(partsOfMask(mask)).toBeNull();
    expect(fitsMask('+447700900907', mask)).toBe(false);
  }
});
