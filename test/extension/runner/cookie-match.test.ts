import { describe, expect, test } from 'vitest';
import type { Cookies } from 'webextension-polyfill';

import { goesTo, isThat } from '../../../extension/runner/cookie-match.ts';
import { withReceived } from '../../../extension/runner/with-received.ts';
import type { SetCookie } from '../../../extension/walker/set-cookies.ts';

const OWN = 'chrome-extension://abc';
const received: SetCookie = {
  name: 'sid',
  host: 'he.operator.test',
  domain: null,
  path: '/',
  secure: false,
  partitioned: false,
};
const kept = (known: Partial<Cookies.Cookie> = {}) =>
  ({ name: 'sid', domain: 'he.operator.test', hostOnly: true, path: '/', ...known }) as Cookies.Cookie;
const ofDomain = { domain: '.operator.test', hostOnly: false };

describe('the cookie that a run received', () => {
  test('is the one of the same name, host and path', () => {
    expect(isThat(kept(), received, OWN)).toBe(true);
    for (const other of [{ name: 'mine' }, { path: '/in' }, { domain: 'id.operator.test' }, ofDomain])
      expect(isThat(kept(other), received, OWN)).toBe(false);
  });

  test('of a whole domain is not that of one host, which has the same name', () => {
    const wide = { ...received, domain: 'operator.test' };
    expect(isThat(kept(ofDomain), wide, OWN)).toBe(true);
    expect(isThat(kept(), wide, OWN)).toBe(false);
  });

  test('with a partition is that of our own requests or of its own site, never another site’s', () => {
    const partitioned = { ...received, partitioned: true };
    const under = (topLevelSite: string) => kept({ partitionKey: { topLevelSite } });
    expect(isThat(under(OWN), partitioned, OWN)).toBe(true);
    expect(isThat(under('https://operator.test'), partitioned, OWN)).toBe(true);
    expect(isThat(under('https://shop.test'), partitioned, OWN)).toBe(false);
    expect(isThat(under(OWN), received, OWN)).toBe(false);
  });
});

test('all cookies of a host are those a request to it carries, and none of redirect_uri’s (PR1)', () => {
  const host = (pattern: string, role = 'enrichment') => ({ pattern, role, scheme: 'http' }) as never;
  expect(goesTo(kept(), host('he.operator.test'))).toBe(true);
  expect(goesTo(kept(), host('*.operator.test'))).toBe(true);
  expect(goesTo(kept(ofDomain), host('he.operator.test'))).toBe(true);
  expect(goesTo(kept({ domain: 'operator.test' }), host('he.operator.test'))).toBe(false);
  expect(goesTo(kept({ domain: 'shop.test' }), host('he.operator.test'))).toBe(false);
  expect(goesTo(kept(), host('he.operator.test', 'callback'))).toBe(false);
});

test('a cookie received again is remembered once, and a chain that sets no end of them fills no memory (A40)', () => {
  expect(withReceived([received], [received, { ...received, path: '/in' }])).toHaveLength(2);
  const flood = Array.from({ length: 1000 }, (_, at) => ({ ...received, name: `c${at}` }));
  expect(withReceived([received], flood)).toHaveLength(300);
});
