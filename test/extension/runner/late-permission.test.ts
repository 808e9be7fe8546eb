import { expect, test } from 'vitest';

import { failureOf } from '#protocol/failure.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';

import { coversUrl, originsToAsk } from '../../../extension/runner/host-origins.ts';
import { latePermissionOf } from '../../../extension/runner/late-permission.ts';

const create = {
  id: '00000000-0000-4000-8000-000000000001',
  profileId: 'vodafone-uk',
  scenario: null,
  capture: 'fetch' as const,
  startedAt: 0,
  utcOffsetMinutes: 0,
  localDay: '2026-11-23',
  number: { mask: '+44 •••• •••907', country: 'GB' },
  conditions: {},
  expectation: 'match' as const,
};
const hosts = [{ pattern: '*.operator.test', role: 'gateway' as const, scheme: 'either' as const }];
const ended = (code: FailureCode | null, url: string | null = 'http://he.operator.test/identify') => ({
  hops: [],
  chainEnd: { kind: 'refused' as const, url, atMs: 1 },
  callbackUrl: null,
  failure: code && failureOf(code),
});

test.each(['authorize.no_host_permission', 'authorize.permission_revoked'] as const)(
  'a run that ended with %s can be started again when the host is allowed, without its number being kept (A1, PR2)',
  (code) => {
    const late = latePermissionOf(ended(code), hosts, create, 1000);
    expect(late).toMatchObject({
      host: 'he.operator.test',
      origins: ['*://*.operator.test/*'],
      until: 601_000,
    });
    expect(late?.start).toEqual({
      profileId: 'vodafone-uk',
      scenario: null,
      expectation: 'match',
      capture: 'fetch',
      mask: '+44 •••• •••907',
      country: 'GB',
    });
  },
);

test('every other end waits for no permission', () => {
  for (const walk of [ended(null), ended('authorize.dns'), ended('authorize.no_host_permission', null)])
    expect(latePermissionOf(walk, hosts, create, 1000)).toBeNull();
  const numberless = { ...create, number: null };
  expect(latePermissionOf(ended('authorize.no_host_permission'), hosts, numberless, 0)).toBeNull();
});

test('the profile’s own pattern is asked for where it covers the host, else the host alone (A16)', () => {
  expect(originsToAsk(new URL('http://he.operator.test/x'), hosts)).toEqual(['*://*.operator.test/*']);
  expect(originsToAsk(new URL('https://elsewhere.example:8443/x'), hosts)).toEqual([
    '*://elsewhere.example/*',
  ]);
});

test.each([
  ['*://*.operator.test/*', 'http://he.operator.test/', true],
  ['*://*.operator.test/*', 'https://operator.test/', true],
  ['https://he.operator.test/*', 'http://he.operator.test/', false],
  ['*://he.operator.test/*', 'https://id.operator.test/', false],
  ['*://*/*', 'https://anything.example/', true],
  ['<all_urls>', 'https://anything.example/', false],
])('a pattern %s that was taken back means %s: %s', (origin, url, covers) => {
  expect(coversUrl(origin, new URL(url))).toBe(covers);
});
