import { describe, expect, test } from 'vitest';

import { httpHostOf, type PageKnows, preflightRows } from '../../../extension/ui/preflight/preflight-rows.ts';
import { preflightSeen } from './page-seeds.ts';
import { liveUk } from './profile-fixtures.ts';

const page: PageKnows = {
  online: true,
  phone: false,
  connection: null,
  hosts: { all: 4, missing: 0 },
  httpHost: 'he.operator.test',
};
const codes = (known: Partial<PageKnows>, seen = preflightSeen) =>
  preflightRows({ ...page, ...known }, seen).map(({ code, level }) => [code, level]);

describe('the preflight says what was seen, and of what was not that it was not', () => {
  test('all well, in Chromium', () => {
    expect(codes({})).toEqual([
      ['link_untold', 'unknown'],
      ['backend_here', 'good'],
      ['hosts_allowed', 'good'],
      ['upgrade_stayed', 'good'],
      ['proxy_not_told', 'unknown'],
      ['clock_ok', 'good'],
      ['listener_seen', 'good'],
    ]);
  });

  test('where the backend is: a phone is told of what it cannot reach over mobile data, and adb reverse is fine', () => {
    const of = (phone: boolean, seen: object) => codes({ phone }, { ...preflightSeen, ...seen })[1];
    const reaches = ['here', 'private', 'public', 'not_known'] as const;
    expect(reaches.map((reach) => of(false, { reach }))).toEqual([
      ['backend_here', 'good'],
      ['backend_private', 'good'],
      ['backend_public', 'good'],
      ['backend_ok', 'good'],
    ]);
    expect(reaches.map((reach) => of(true, { reach }))).toEqual([
      ['backend_here_phone', 'good'],
      ['backend_private_phone', 'bad'],
      ['backend_public', 'good'],
      ['backend_ok', 'good'],
    ]);
    expect(reaches.map((reach) => of(true, { reach, backend: null })?.[0])).toEqual([
      'backend_gone_here_phone',
      ...Array.from({ length: 3 }, () => 'backend_gone_phone'),
    ]);
  });

  test('a link the browser names is its word and no proof of the SIM’s network', () => {
    for (const connection of ['wifi', 'cellular', 'ethernet'])
      expect(codes({ connection })[0]).toEqual([`link_${connection}`, 'unknown']);
    expect(codes({ connection: 'bluetooth' })[0]).toEqual(['link_untold', 'unknown']);
  });

  test('offline is said before anything was asked', () => {
    expect(preflightRows({ ...page, online: false, hosts: null }, null)).toEqual([
      { name: 'link', level: 'bad', code: 'offline', given: [] },
    ]);
  });

  test('clocks that part are bad, and say by how much and which is ahead', () => {
    const skewed = (ms: number) => ({ ...preflightSeen, backend: { skew: { ms, withinMs: 510 } } });
    expect(codes({}, skewed(300_000))).toContainEqual(['clock_ahead', 'bad']);
    expect(codes({}, skewed(-42_000))).toContainEqual(['clock_behind', 'bad']);
    const spelled = (ms: number) =>
      preflightRows(page, skewed(ms)).find(({ name }) => name === 'clock')?.given[0];
    expect([42_000, 300_000, 86_400_000].map(spelled)).toEqual(['42 s', '5 min', '24 h']);
  });

  test('a backend that gave no answer, a proxy and an upgrade are bad (A44, A15)', () => {
    const bad = {
      ...preflightSeen,
      backend: null,
      upgrade: { outcome: 'upgraded', host: 'he.operator.test' },
      proxy: { outcome: 'proxied', host: 'he.operator.test', via: 'http 10.0.0.1:3128' },
    } as const;
    expect(codes({}, bad).filter(([, level]) => level === 'bad')).toEqual([
      ['backend_gone', 'bad'],
      ['upgrade_upgraded', 'bad'],
      ['proxy_proxied', 'bad'],
    ]);
  });
});

test('what this machine is exempt from is not known, and a profile that names no http host is said to name none (A15, A44)', () => {
  const exempt = { outcome: 'exempt', host: '127.0.0.1' } as const;
  const seen = { ...preflightSeen, upgrade: exempt, proxy: { ...exempt, via: null } };
  const told = (known: Partial<PageKnows>) =>
    codes(known, seen).filter(([code]) => /^(upgrade|proxy)/.test(code ?? ''));
  expect(told({})).toEqual([
    ['upgrade_exempt', 'unknown'],
    ['proxy_exempt', 'unknown'],
  ]);
  expect(told({ httpHost: null })[0]).toEqual(['upgrade_unnamed', 'unknown']);
  // A backend that speaks http under a name is a test all the same.
  expect(codes({ httpHost: null })).toContainEqual(['upgrade_stayed', 'good']);
});

test('only a host that the profile names as plain http, or that its runs met, is tested, never redirect_uri’s or a wildcard (PR1, PR9)', () => {
  const rule = (pattern: string, role: string) => ({ pattern, role, scheme: 'http' }) as const;
  const hosts = [rule('app.test', 'callback'), rule('*.operator.test', 'enrichment')] as never;
  expect(httpHostOf({ hosts }, undefined)).toBeNull();
  expect(httpHostOf({ hosts }, 'met.operator.test')).toBe('met.operator.test');
  expect(httpHostOf(liveUk, 'met.operator.test')).toBe('he.operator.test');
});
