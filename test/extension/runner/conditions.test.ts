import { describe, expect, test } from 'vitest';

import { Conditions } from '#protocol/run.ts';

import {
  conditionsOf,
  doubtIn,
  type KeptConditions,
  STALE_MS,
  type Stated,
  sameStatement,
  tidy,
} from '../../../extension/runner/conditions.ts';

const NOW = 1_800_000_000_000;
const nothingSeen = { browser: null, connection: null };
const kept = (stated: Stated, known: Partial<KeptConditions> = {}): KeptConditions => ({
  stated,
  at: NOW - 60_000,
  connection: null,
  ...known,
});

describe('the conditions of a run', () => {
  test('say what was stated, with the time it was said at, and what the browser shows, with the time of the run', () => {
    const conditions = conditionsOf(
      kept({ bearer: '4g', roaming: 'no', tags: ['tram 12', 'rain'] }),
      { browser: 'Firefox 153', connection: null },
      NOW,
    );
    const at = NOW - 60_000;
    expect(conditions).toEqual({
      bearer: { value: '4g', basis: 'stated', at },
      roaming: { value: 'no', basis: 'stated', at },
      browser: { value: 'Firefox 153', basis: 'observed', at: NOW },
      tags: [
        { value: 'tram 12', basis: 'stated', at },
        { value: 'rain', basis: 'stated', at },
      ],
    });
    expect(Conditions.parse(conditions)).toEqual(conditions);
  });

  test.each([
    ['wifi', 'wifi'],
    ['ethernet', 'wired'],
  ])('a browser that sees %s is believed where nobody says otherwise', (connection, value) => {
    const bearer = { value, basis: 'observed', at: NOW };
    expect(conditionsOf(null, { browser: null, connection }, NOW)).toEqual({ bearer });
    expect(conditionsOf(kept({ bearer: '5g' }), { browser: null, connection }, NOW).bearer?.value).toBe('5g');
  });

  test.each(['cellular', 'none', 'unknown', 'other', 'bluetooth'])(
    '%s is no bearer: it is not guessed',
    (connection) => {
      expect(conditionsOf(null, { browser: null, connection }, NOW)).toEqual({});
    },
  );

  test('a tethered laptop is on Wi-Fi, and that says nothing of the phone it hangs on', () => {
    expect(
      conditionsOf(kept({ sharing: 'tethered' }), { browser: null, connection: 'wifi' }, NOW).bearer,
    ).toBeUndefined();
  });

  test('nothing known is nothing said', () => {
    expect(conditionsOf(null, nothingSeen, NOW)).toEqual({});
  });
});

describe('whether what was stated is in doubt', () => {
  const told = kept({ bearer: '4g' });

  test('not within half an hour, on the same network, in the same session', () => {
    expect(doubtIn(told, true, null, NOW)).toBeNull();
    expect(doubtIn(told, true, null, told.at + STALE_MS)).toBeNull();
  });

  test('after half an hour, and where the clock went back', () => {
    expect(doubtIn(told, true, null, told.at + STALE_MS + 1)).toBe('age');
    expect(doubtIn(told, true, null, told.at - 1)).toBe('age');
  });

  test('at once where the network was seen to change, or the browser is another session', () => {
    expect(doubtIn(told, false, null, NOW)).toBe('change');
    expect(doubtIn(kept({ bearer: '4g' }, { connection: 'cellular' }), true, 'wifi', NOW)).toBe('change');
  });

  test('never where nothing was stated, or nothing that passes', () => {
    expect(doubtIn(null, false, null, NOW)).toBeNull();
    expect(doubtIn(kept({ device: 'Pixel Nine', campaign: 'autumn' }), false, 'wifi', NOW * 2)).toBeNull();
  });
});

describe('a statement', () => {
  test('loses what is empty, what is said twice and what the record cannot take', () => {
    const stated = tidy({
      operator: '  Vodafone UK ',
      place: '   ',
      device: 'x'.repeat(200),
      bearer: undefined,
      tags: [' a ', 'a', '', ...Array.from({ length: 30 }, (_, at) => `tag ${at}`)],
    });
    expect(stated).toMatchObject({ operator: 'Vodafone UK', device: 'x'.repeat(120) });
    expect(Object.keys(stated)).toEqual(['operator', 'device', 'tags']);
    expect(stated.tags).toHaveLength(20);
    expect(stated.tags?.[0]).toBe('a');
    expect(Conditions.safeParse(conditionsOf(kept(stated), nothingSeen, NOW)).success).toBe(true);
  });

  test('is the same whatever the order it was made in', () => {
    expect(sameStatement({ bearer: '4g', vpn: 'no' }, { vpn: 'no', bearer: '4g' })).toBe(true);
    expect(sameStatement({ bearer: '4g' }, { bearer: '5g' })).toBe(false);
    expect(sameStatement({ bearer: '4g' }, { bearer: '4g', vpn: 'no' })).toBe(false);
  });
});
