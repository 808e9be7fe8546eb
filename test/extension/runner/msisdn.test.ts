import { describe, expect, test } from 'vitest';

import { MaskedNumber } from '#protocol/run.ts';

import { Message } from '../../../extension/runner/messages.ts';
import { callingCodeOf, maskOf, readMsisdn } from '../../../extension/runner/msisdn.ts';

describe('a number as a person types it', () => {
  test.each([
    ['07912 345907', 'GB', '+447912345907'],
    ['7912345907', 'GB', '+447912345907'],
    ['+44 7912 345907', 'DE', '+447912345907'],
    ['0044 7912 345907', 'DE', '+447912345907'],
    ['0151 2345 6789', 'DE', '+4915123456789'],
    ['(07912) 345-907', 'GB', '+447912345907'],
    ['+44 7912 345907', null, '+447912345907'],
    ['\u202a+44 7912 345907\u202c', 'DE', '+447912345907'],
  ])('%s in %s is %s (P14)', async (typed, country, e164) => {
    expect((await readMsisdn(typed, country))?.e164).toBe(e164);
  });

  test.each([
    ['', 'GB'],
    ['hello', 'GB'],
    ['12', 'GB'],
    ['+44 7912 3459070000', 'GB'],
    ['07912 345907', null],
    ['+999 12345678', 'GB'],
  ])('%s in %s cannot be a number (P14)', async (typed, country) => {
    expect(await readMsisdn(typed, country)).toBeNull();
  });

  test('a number of a test range is possible without being known', async () => {
    const drama = await readMsisdn('+447700900907', 'GB');
    expect(drama).toMatchObject({ e164: '+447700900907', known: false });
    expect(drama?.countries).toContain('GB');
    expect((await readMsisdn('+447912345907', 'GB'))?.known).toBe(true);
  });

  test('the field shows the calling code once: before it, or in it', async () => {
    const home = await readMsisdn('+447912345907', 'GB');
    expect(home?.shown).toBe('7912 345907');
    const away = await readMsisdn('+4915123456789', 'GB');
    expect(away?.shown).toMatch(/^\+49 /);
    expect(away?.countries[0]).toBe('DE');
  });

  test('what is shown reads back as the same number', async () => {
    for (const e164 of [
      '+447912345907',
      '+4915123456789',
      '+393401234567',
      '+351912345678',
      '+306912345678',
    ]) {
      for (const country of ['GB', 'DE', 'IT', 'PT', 'GR', null]) {
        const shown = (await readMsisdn(e164, country))?.shown ?? '';
        expect((await readMsisdn(shown, country))?.e164, `${shown} in ${country}`).toBe(e164);
      }
    }
  });
});

describe('the mask', () => {
  test('keeps the calling code and the last three digits, and fits the record', async () => {
    expect((await readMsisdn('+447912345907', 'GB'))?.mask).toBe('+44 •••• •••907');
    for (const mask of [
      maskOf('44', '7912345907'),
      maskOf('1', '2025550123'),
      maskOf('355', '661234567'),
      maskOf('290', '23456'),
    ]) {
      expect(MaskedNumber.safeParse({ mask, country: null }).success, mask).toBe(true);
    }
  });

  test('shows no digits of a number so short that three would be half of it', () => {
    expect(maskOf('290', '23456')).toBe('+290 •••• •••');
  });

  test('fits the start message', async () => {
    const number = await readMsisdn('07912 345907', 'GB');
    const start = {
      type: 'start',
      number: number?.e164,
      country: 'GB',
      mask: number?.mask,
      profileId: 'p',
      scenario: null,
      expectation: 'match',
      capture: 'fetch',
    };
    expect(Message.safeParse(start).success).toBe(true);
  });
});

test('the calling code of a country', async () => {
  expect(await callingCodeOf('GB')).toBe('44');
  expect(await callingCodeOf('ZZ')).toBeNull();
});
