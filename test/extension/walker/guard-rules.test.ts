import { describe, expect, test } from 'vitest';

import { matchesRedirectUri } from '#protocol/redirect-uri.ts';

import { callbackFilter, guardRules } from '../../../extension/walker/guard-rules.ts';

const STATE = '8d3f0f0c-2f6e-4c86-8a39-0a3f2d9d5c22';

/** `urlFilter` as browsers read it: `|` at an end is the end of the URL, `*` anything, `^` a separator or the end. */
function filterTakes(filter: string, url: string): boolean {
  const body = filter.replace(/^\||\|$/g, '');
  const pattern = [...body]
    .map((one) => {
      if (one === '*') return '.*';
      return one === '^' ? '(?:[^\\w.%-]|$)' : one.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    })
    .join('');
  return new RegExp(`${filter.startsWith('|') ? '^' : ''}${pattern}`).test(url);
}

/** As Chromium and Firefox hand a URL to their rules: parsed and written out again. */
function isBlocked(url: string, redirectUri: string): boolean {
  const { href, hostname } = new URL(url);
  return guardRules({ tabId: 7, redirectUri, state: STATE, hosts: HOSTS }).some(({ condition }) => {
    const { urlFilter, regexFilter, excludedRequestDomains = [] } = condition;
    if (excludedRequestDomains.some((one) => hostname === one || hostname.endsWith(`.${one}`))) return false;
    return urlFilter ? filterTakes(urlFilter, href) : new RegExp(regexFilter ?? '(?!)').test(href);
  });
}

const HOSTS = [{ pattern: '*.operator.test', role: 'gateway', scheme: 'either' }] as const;

describe('the first rule takes whatever counts as redirect_uri (PR1, RFC 6749 §3.1.2)', () => {
  test.each([
    ['a query', 'https://app.test/cb', 'https://app.test/cb?code=c&state=s'],
    ['nothing behind it', 'https://app.test/cb', 'https://app.test/cb'],
    ['a fragment', 'https://app.test/cb', 'https://app.test/cb#code=c'],
    ['another case of its name', 'https://app.test/cb', 'https://APP.Test/cb?code=c'],
    ['its default port', 'https://app.test:443/cb', 'https://app.test/cb?code=c'],
    ['its default port, spelled out', 'https://app.test/cb', 'https://app.test:443/cb?code=c'],
    ['a port of its own', 'https://app.test:8443/cb', 'https://app.test:8443/cb?code=c'],
    ['an IPv6 address', 'http://[::1]:3000/cb', 'http://[0:0:0:0:0:0:0:1]:3000/cb?code=c'],
    ['no path', 'https://app.test', 'https://app.test/?code=c'],
    ['parameters in another order', 'https://app.test/cb?a=1&b=2', 'https://app.test/cb?b=2&code=c&a=1'],
    ['a path that means something to a filter', 'https://app.test/a*b|c^', 'https://app.test/a*b|c^?code=c'],
    ['a path with escapes', 'https://app.test/a%20b/ä', 'https://app.test/a%20b/ä?code=c'],
  ])('%s', (_, redirectUri, url) => {
    expect(matchesRedirectUri(url, redirectUri)).toBe(true);
    expect(filterTakes(callbackFilter(new URL(redirectUri)), new URL(url).href)).toBe(true);
  });

  test('and neither another path, port, scheme nor host', () => {
    const filter = callbackFilter(new URL('https://app.test:8443/cb'));
    for (const url of ['https://app.test:8443/cb2', 'https://app.test/cb', 'http://app.test:8443/cb'])
      expect(filterTakes(filter, url), url).toBe(false);
  });
});

describe('what decideNext refuses is blocked before it is asked for (RFC 9700 §4.1)', () => {
  const redirectUri = 'https://app.test/cb';
  test.each([
    ['our own host by another path', `https://app.test/other?code=c`],
    ['our own host with a dot behind its name', `https://app.test./cb?code=c`],
    ['our own host in clear', `http://app.test/cb?error=e`],
    ['a login in the URL', 'https://user:pw@id.operator.test/next'],
    ['our code in clear', `http://id.operator.test/x?code=c&state=${STATE}`],
    ['our code for a stranger', `https://else.test/x?state=${STATE}&code=c`],
    ['our error for a stranger', `https://else.test/x?error=e&a=b&state=${STATE}`],
  ])('%s', (_, url) => expect(isBlocked(url, redirectUri)).toBe(true));

  test.each([
    [
      'the authorize request, which names redirect_uri',
      `https://api.operator.test/a?redirect_uri=${encodeURIComponent(redirectUri)}&state=${STATE}&response_type=code`,
    ],
    ['our state without an answer', `http://he.operator.test/enrich?state=${STATE}`],
    ['a code of somebody else', 'https://else.test/x?code=c&state=other'],
    ['our code handed along by the operator', `https://id.operator.test/x?code=c&state=${STATE}`],
    ['our code on this machine', `http://localhost:3000/x?code=c&state=${STATE}`],
    ['an @ in a query', 'https://id.operator.test/x?mail=a@b.test'],
  ])('%s is not', (_, url) => expect(isBlocked(url, redirectUri)).toBe(false));

  test('in the one tab, for its page and for all that is in it (PR1, PR7)', () => {
    const rules = guardRules({ tabId: 7, redirectUri, state: null, hosts: [] });
    expect(new Set(rules.map(({ action }) => action.type))).toEqual(new Set(['block']));
    const conditions = rules.map(({ condition }) => condition);
    const ofPage = conditions.filter(({ resourceTypes }) => resourceTypes?.join() === 'main_frame');
    const ofAllElse = conditions.filter(({ resourceTypes }) => !resourceTypes);
    expect([ofPage.length, ofAllElse.length]).toEqual([rules.length / 2, rules.length / 2]);
    const bare = ({ tabIds, resourceTypes, ...condition }: (typeof conditions)[number]) => condition;
    expect(ofAllElse.map(bare)).toEqual(ofPage.map(bare));
    for (const { tabIds } of ofPage) expect(tabIds).toEqual([7, -1]);
    for (const { tabIds } of ofAllElse) expect(tabIds).toEqual([7]);
  });

  test('and our own answer for redirect_uri’s host in every tab, which nobody else’s requests are (PR1, PR7)', () => {
    const everywhere = guardRules({ tabId: 7, redirectUri, state: STATE, hosts: HOSTS }).filter(
      ({ condition }) => !condition.tabIds,
    );
    const types = (['main_frame', null] as const).map((type) =>
      everywhere.filter(({ condition }) => (condition.resourceTypes?.join() ?? null) === type),
    );
    const takes = (url: string) =>
      types.every((rules) =>
        rules.some(({ condition }) => new RegExp(condition.regexFilter ?? '(?!)').test(url)),
      );
    expect(takes(`https://app.test/cb?code=c&state=${STATE}`)).toBe(true);
    expect(takes(`https://app.test:8443/other?state=${STATE}&code=c`)).toBe(true);
    expect(takes(`https://app.test/cb?error=e&state=${STATE}`)).toBe(true);
    // An operator on the client's own host, as on a developer's machine.
    expect(takes(`https://app.test/authorize?response_type=code&state=${STATE}`)).toBe(false);
    expect(takes('https://app.test/cb?code=c&state=other')).toBe(false);
    expect(takes(`https://else.test/cb?code=c&state=${STATE}`)).toBe(false);
    expect(takes(`https://id.operator.test/a?redirect_uri=https://app.test/cb&state=${STATE}`)).toBe(false);
  });
});
