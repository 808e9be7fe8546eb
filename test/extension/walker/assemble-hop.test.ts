import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Hop } from '#protocol/hop.ts';
import type { HostRule } from '#protocol/profile.ts';
import { createPseudonyms } from '#protocol/pseudonyms.ts';

import {
  beginHop,
  foldTraffic,
  type HopFacts,
  locationOf,
  madeByBrowser,
  readHop,
  setsCookie,
} from '../../../extension/walker/assemble-hop.ts';
import type { TrafficEvent } from '../../../extension/walker/traffic-event.ts';

const HOSTS: HostRule[] = [
  { pattern: '*.operator.test', role: 'gateway', scheme: 'either' },
  { pattern: 'he.operator.test', role: 'enrichment', scheme: 'http' },
];

function fold(url: string, ...events: TrafficEvent[]): HopFacts {
  return events.reduce(foldTraffic, beginHop(url));
}

function read(facts: HopFacts, change: { index?: number; durationMs?: number; previousUrl?: string } = {}) {
  const { index = 2, durationMs = 20, previousUrl = 'https://api.operator.test/authorize' } = change;
  const times = { index, startedAtMs: 5, durationMs };
  const hop = readHop(facts, times, previousUrl, HOSTS, createPseudonyms());
  expect(() => Hop.parse(hop)).not.toThrow();
  return hop;
}

const header = (name: string, value: string) => ({ name, value });
const answered = (status: number, ...headers: { name: string; value: string }[]): TrafficEvent => ({
  kind: 'answered',
  status,
  headers,
});
const redirecting: TrafficEvent = {
  kind: 'redirecting',
  status: 302,
  to: '',
  ip: '10.0.0.1',
  fromCache: false,
  headers: [],
};
const failed = (error: string): TrafficEvent => ({ kind: 'failed', error });

const H2 = 'https://h2.operator.test/a/b?session=1';

describe('what the browsers say of a redirect', () => {
  test('Chromium: headers, then the ip, then an abort that is no failure', () => {
    const facts = fold(H2, answered(302, header('location', '/c')), redirecting, failed('net::ERR_ABORTED'));
    expect(facts).toMatchObject({ status: 302, ip: '10.0.0.1', error: null, over: true });
    expect(locationOf(facts)).toBe('/c');
  });

  test('Firefox: headers, then completed', () => {
    const completed: TrafficEvent = { kind: 'completed', status: 302, ip: '10.0.0.1', fromCache: false };
    expect(fold(H2, answered(302, header('Location', '/c')), completed)).toMatchObject({
      status: 302,
      ip: '10.0.0.1',
      error: null,
      over: true,
    });
  });

  test('an abort before any answer, or after one that is no redirect, is a failure', () => {
    expect(fold(H2, failed('net::ERR_ABORTED')).error).toBe('net::ERR_ABORTED');
    expect(fold(H2, answered(200), failed('net::ERR_ABORTED')).error).toBe('net::ERR_ABORTED');
  });

  test('a redirect that Chromium would not follow keeps its status and its name (A13)', () => {
    const facts = fold(H2, answered(302, header('Location', 'data:,x')), failed('net::ERR_UNSAFE_REDIRECT'));
    expect(read(facts)).toMatchObject({
      status: 302,
      location: 'data:,x',
      error: { code: 'scheme_forbidden', raw: 'net::ERR_UNSAFE_REDIRECT' },
    });
  });

  test('a redirect the browser made up is its own, and marked (A15)', () => {
    const facts = fold('http://he.operator.test/', {
      ...redirecting,
      status: 307,
      ip: null,
      headers: [header('Location', 'https://he.operator.test/'), header('Non-Authoritative-Reason', 'HSTS')],
    });
    expect(madeByBrowser(facts)).toBe(true);
    expect(read(facts)).toMatchObject({ madeBy: 'browser', status: 307, ip: null });
    expect(read(facts).notes).toContain('upgraded_by_browser');
  });

  test('Firefox tells neither status nor reason of a redirect it makes up (A15)', () => {
    const to = 'https://he.operator.test/';
    const facts = fold('http://he.operator.test/', { ...redirecting, status: 0, ip: null, to });
    expect(madeByBrowser(facts)).toBe(true);
    expect(read(facts)).toMatchObject({ madeBy: 'browser', status: null, location: null, nextUrl: to });
    expect(read(facts).notes).toContain('upgraded_by_browser');
  });

  test('an ip or headers that were known are not lost to an event without them', () => {
    const facts = fold(
      H2,
      answered(302, header('Location', '/c')),
      redirecting,
      { ...redirecting, ip: null },
      { kind: 'completed', status: 302, ip: null, fromCache: false },
    );
    expect(facts.ip).toBe('10.0.0.1');
    expect(locationOf(facts)).toBe('/c');
  });
});

describe('the record of a hop', () => {
  test('has a relative Location as sent and as resolved (A7)', () => {
    const hop = read(fold(H2, answered(302, header('Location', '../c?x=1'))));
    expect(hop).toMatchObject({ location: '../c?x=1', nextUrl: 'https://h2.operator.test/c?x=1' });
  });

  test('has a Location that is no URL as text, and no next one (A6)', () => {
    expect(read(fold(H2, answered(302, header('Location', 'http://[::1'))))).toMatchObject({
      location: 'http://[::1',
      nextUrl: null,
    });
  });

  test('shows a host in other letters in ASCII (A10)', () => {
    const hop = read(fold(H2, answered(302, header('Location', 'https://аpple.test/'))));
    expect(hop.nextUrl).toBe('https://xn--pple-43d.test/');
  });

  test('shows control characters of a Location only encoded (A9)', () => {
    const { location } = read(fold(H2, answered(302, header('Location', '/a\u0007\u202eb'))));
    expect(location).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    expect(location).toMatch(/^\/a.+b$/);
  });

  test('names cookies and shows no value of them, in either browser’s way of joining (A40, PR3)', () => {
    const hop = read(
      fold(
        H2,
        { kind: 'sending', headers: [header('Cookie', 'sid=secret-1; tok=secret-2')] },
        answered(
          302,
          header('Set-Cookie', 'a=secret-3; Path=/\nb=secret-4'),
          header('set-cookie', 'a=secret-5; Max-Age=9'),
        ),
      ),
    );
    expect(hop).toMatchObject({ cookiesSent: ['sid', 'tok'], cookiesSet: ['a', 'b'] });
    expect(JSON.stringify(hop)).not.toContain('secret-');
  });

  test('marks plain http, a step down to it, hosts nobody named, the cache and slowness (A14, A28)', () => {
    const plain = fold('http://he.operator.test/', answered(302));
    expect(read(plain).notes).toEqual(['plain_http', 'downgraded_to_http']);
    expect(read(plain, { previousUrl: 'http://x.test/' }).notes).toEqual(['plain_http']);
    expect(read(fold('https://portal.example/', answered(302))).notes).toEqual(['unknown_host']);
    const cached = fold(H2, { kind: 'completed', status: 200, ip: null, fromCache: true });
    expect(read(cached).notes).toEqual(['from_cache']);
    expect(read(fold(H2, answered(302)), { durationMs: 2000 }).notes).toEqual(['slow']);
    expect(read(fold(H2, answered(302)), { durationMs: 1999 }).notes).toEqual([]);
  });

  test('gives the first hop the role authorize and every other its host’s, an exact rule first', () => {
    expect(read(fold(H2), { index: 1 }).role).toBe('authorize');
    expect(read(fold(H2)).role).toBe('gateway');
    expect(read(fold('http://he.operator.test/')).role).toBe('enrichment');
    expect(read(fold('https://portal.example/')).role).toBe('unknown');
  });

  test('knows by its headers whether the same question may have another answer now (A19)', () => {
    expect(setsCookie(fold(H2, answered(302, header('SET-COOKIE', 'a=1'))))).toBe(true);
    expect(setsCookie(fold(H2, answered(302, header('Cookie', 'a=1'))))).toBe(false);
  });

  test('is a valid record that holds no secret, whatever headers came (PR3, A41)', () => {
    const names = fc.constantFrom('Set-Cookie', 'Location', 'X-Thing', 'Authorization', 'Clear-Site-Data');
    const headers = fc.array(fc.record({ name: names, value: fc.string({ unit: 'binary', maxLength: 60 }) }));
    fc.assert(
      fc.property(headers, (sent) => {
        const canary = 'canary-4711-canary-0815';
        const withCanary = [
          ...sent,
          header('X-Token', canary),
          header('Set-Cookie', `s=${canary}`),
          header('Location', `/x?code=${canary}#state=${canary}`),
        ];
        expect(JSON.stringify(read(fold(H2, answered(302, ...withCanary))))).not.toContain(canary);
      }),
    );
  });
});
