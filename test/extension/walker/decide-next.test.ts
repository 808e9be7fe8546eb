import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { matchesRedirectUri } from '#protocol/redirect-uri.ts';

import { type ChainSoFar, decideNext, withoutFragment } from '../../../extension/walker/decide-next.ts';

const REDIRECT_URI = 'https://app.example/callback';
const FROM = 'https://gw.operator.test/a/b?session=1';

function chain(change: Partial<ChainSoFar> = {}): ChainSoFar {
  return {
    redirectUri: REDIRECT_URI,
    hosts: [{ pattern: '*.operator.test', role: 'gateway', scheme: 'either' }],
    state: 'our-state',
    askedSinceCookie: new Set(),
    networkHops: 1,
    maxHops: 10,
    ...change,
  };
}

/** The decision in one word or URL. */
function decide(location: string, change: Partial<ChainSoFar> = {}): string {
  const decision = decideNext(location, FROM, chain(change));
  if (decision.kind === 'refuse') return decision.code;
  return decision.kind === 'callback' ? 'callback' : decision.url.href;
}

describe('where a Location leads', () => {
  test.each([
    ['/x?y=1', 'https://gw.operator.test/x?y=1', 'A7'],
    ['c', 'https://gw.operator.test/a/c', 'A7'],
    ['?z', 'https://gw.operator.test/a/b?z', 'A7'],
    ['//evil.test/x', 'https://evil.test/x', 'A8'],
    [' \t/x\r\n', 'https://gw.operator.test/x', 'A9'],
    ['/a\tb c', 'https://gw.operator.test/ab%20c', 'A9'],
    ['/\u0000x', 'https://gw.operator.test/%00x', 'A9'],
    ['https://аpple.test/', 'https://xn--pple-43d.test/', 'A10'],
    ['http://he.operator.test/', 'http://he.operator.test/', 'A14'],
    ['https://unknown.example/portal', 'https://unknown.example/portal', 'A28'],
    ['/x#fragment', 'https://gw.operator.test/x#fragment', 'A18'],
  ])('%j is asked for as %s (%s)', (location, url) => {
    expect(decide(location)).toBe(url);
  });

  test.each([
    ['http://[::1', 'bad_location', 'A6'],
    ['https://', 'bad_location', 'A6'],
    [`/${'a'.repeat(66_000)}`, 'bad_location', 'A11'],
    ['myapp://cb?code=1', 'scheme_forbidden', 'A12'],
    ['javascript:alert(1)', 'scheme_forbidden', 'A13'],
    ['data:text/html,x', 'scheme_forbidden', 'A13'],
    ['file:///etc/hosts', 'scheme_forbidden', 'A13'],
    ['blob:https://app.example/1', 'scheme_forbidden', 'A13'],
    ['chrome-extension://abc/popup.html', 'scheme_forbidden', 'A13'],
    ['http://user:pw@gw.operator.test/', 'credentials_in_url', 'A17'],
    ['https://user@gw.operator.test/', 'credentials_in_url', 'A17'],
    ['https://:pw@gw.operator.test/', 'credentials_in_url', 'A17'],
    ['http://gw.operator.test/?code=c&state=our-state', 'code_over_http', 'A14'],
  ])('%.60s is refused as authorize.%s (%s)', (location, code) => {
    expect(decide(location)).toBe(`authorize.${code}`);
  });

  test.each([
    ['https://gw.operator.test/?code=c&state=our-state', 'over TLS'],
    ['http://127.0.0.1:8080/?code=c&state=our-state', 'to loopback'],
    ['http://app.localhost/?code=c&state=our-state', 'to loopback'],
    ['http://gw.operator.test/?code=c&state=another', 'that is not ours'],
    ['http://gw.operator.test/?state=our-state', 'that is none'],
  ])('%s, a code %s, is no code of ours in clear (A14)', (location) => {
    expect(decide(location)).toBe(location);
  });
});

describe('our code with our state', () => {
  const lost = '/callback?code=c&state=our-state';
  test.each([
    ['https://app.example.evil.test', 'a host that only begins like redirect_uri’s'],
    ['https://unknown.example', 'any other host'],
  ])('is not led to %s, %s (C12)', (origin) => {
    expect(decide(origin + lost)).toBe('callback.wrong_redirect_uri');
  });

  test('nor is our error: what is meant for redirect_uri is compared with it, not asked for (C12)', () => {
    const refused = '?error=access_denied&state=our-state';
    expect(decide(`https://app.example/callback/${refused}`)).toBe('callback.wrong_redirect_uri');
    expect(decide(`https://www.app.example/callback${refused}`)).toBe('callback.wrong_redirect_uri');
    const theirs = 'https://id.operator.test/x?error=access_denied&state=our-state';
    expect(decide(theirs)).toBe(theirs);
  });

  test('may be handed along by the operator’s own hosts, and on this machine (C12)', () => {
    expect(decide(`https://id.operator.test${lost}`)).toBe(`https://id.operator.test${lost}`);
    expect(decide(`http://127.0.0.1:8080${lost}`)).toBe(`http://127.0.0.1:8080${lost}`);
  });
});

describe('redirect_uri', () => {
  test.each([
    ['https://app.example/callback?code=c&state=s', REDIRECT_URI],
    ['https://APP.example:443/callback?code=c', REDIRECT_URI],
    ['https://app.example/x/%2e%2e/callback?code=c', REDIRECT_URI],
    ['https://app.example/callback#code=c', REDIRECT_URI],
    ['https://app.example/callback?code=c&tenant=1', `${REDIRECT_URI}?tenant=1`],
    ['myapp://cb?code=c', 'myapp://cb'],
    ['http://127.0.0.1:9000/cb?code=c&state=our-state', 'http://127.0.0.1:9000/cb'],
  ])('%s is the callback of %s (C12, A12, A18)', (location, redirectUri) => {
    expect(decide(location, { redirectUri })).toBe('callback');
  });

  test.each([
    'https://app.example.evil.test/callback?code=c',
    'https://app.example@evil.test/callback?code=c',
    'https://me@app.example/callback?code=c',
    'https://app.example/callback/more?code=c',
    'https://app.example/callback/?code=c',
    'https://app.example/CALLBACK?code=c',
    'https://app.example:444/callback?code=c',
    'https://app.example./callback?code=c',
    'http://app.example/callback?code=c',
  ])('%s is not (C12, C13)', (location) => {
    expect(decide(location)).not.toBe('callback');
  });

  test.each([
    'https://app.example/callback/more?code=c',
    'https://app.example:444/callback?code=c',
    'https://app.example./callback?code=c',
    'http://app.example/callback?code=c&state=other',
  ])('a code bound for %s goes nowhere (C12, PR1)', (location) => {
    expect(decide(location)).toBe('callback.wrong_redirect_uri');
  });

  test('over http is not asked for either, code or not: a browser may turn it into redirect_uri itself (PR1, C12)', () => {
    const inClear = REDIRECT_URI.replace('https:', 'http:');
    expect(decide(inClear)).toBe('callback.wrong_redirect_uri');
    expect(decide(`${inClear}?x=1`)).toBe('callback.wrong_redirect_uri');
  });

  test('is the end even where it was asked for before, or at the hop limit', () => {
    const late = { networkHops: 10, askedSinceCookie: new Set([REDIRECT_URI]) };
    expect(decide(REDIRECT_URI, late)).toBe('callback');
  });
});

describe('coming back', () => {
  test('a URL asked for since the last cookie is a loop, whatever its fragment (A19)', () => {
    const askedSinceCookie = new Set([withoutFragment(new URL('https://a.test/x'))]);
    expect(decide('https://a.test/x', { askedSinceCookie })).toBe('authorize.loop');
    expect(decide('https://a.test/x#again', { askedSinceCookie })).toBe('authorize.loop');
    expect(decide('https://a.test/x?again', { askedSinceCookie })).toBe('https://a.test/x?again');
  });

  test('the hop after the last allowed one is refused, the last one is not (A20)', () => {
    expect(decide('/x', { networkHops: 9 })).toBe('https://gw.operator.test/x');
    expect(decide('/x', { networkHops: 10 })).toBe('authorize.too_many_hops');
  });
});

/** Locations that an operator might send, good and evil. */
const scheme = fc.constantFrom('https:', 'http:', 'HTTPS:', 'javascript:', 'data:', 'ws:', 'file:', '');
const host = fc.constantFrom('app.example', 'gw.test', 'app.example:444', 'u:p@app.example', 'u@gw.test', '');
const path = fc.constantFrom('/callback', '/callback/', '/x', '/a/../callback', '', '/%63allback');
const query = fc.constantFrom('', '?code=c&state=our-state', '?state=our-state&code=c#f', '?x', '#code=c');
const location = fc.oneof(
  fc.tuple(scheme, host, path, query).map(([s, h, p, q]) => `${s}${h ? `//${h}` : ''}${p}${q}`),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.string({ unit: 'binary' }),
);

test('nothing is ever asked for that is redirect_uri, not http(s), has credentials, or has our code in clear (PR1, A13, A17)', () => {
  fc.assert(
    fc.property(location, (sent) => {
      const decision = decideNext(sent, FROM, chain());
      if (decision.kind !== 'request') return;
      const { url } = decision;
      expect(matchesRedirectUri(url.href, REDIRECT_URI)).toBe(false);
      expect(url.protocol).toMatch(/^https?:$/);
      expect(url.username + url.password).toBe('');
      expect(url.protocol === 'http:' && url.search.includes('code=c&state=our-state')).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test('whatever is sent, and whatever cookies are set, the walk ends within its hops (A20)', () => {
  const answers = fc.array(fc.record({ location, setsCookie: fc.boolean() }), { minLength: 1 });
  fc.assert(
    fc.property(answers, fc.integer({ min: 1, max: 20 }), (sent, maxHops) => {
      const askedSinceCookie = new Set<string>();
      let from = 'https://api.test/authorize';
      let networkHops = 0;
      for (;;) {
        askedSinceCookie.add(from);
        networkHops += 1;
        const { location: next, setsCookie } = sent[networkHops % sent.length] as (typeof sent)[number];
        if (setsCookie) askedSinceCookie.clear();
        const decision = decideNext(next, from, chain({ askedSinceCookie, networkHops, maxHops }));
        if (decision.kind !== 'request') break;
        from = withoutFragment(decision.url);
      }
      expect(networkHops).toBeLessThanOrEqual(maxHops);
    }),
  );
});
