import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isLoopback, matchesRedirectUri } from '#protocol/redirect-uri.ts';

const REGISTERED = 'https://cb.example/app/callback';

describe('leads to redirect_uri (RFC 6749 §3.1.2)', () => {
  test.each([
    ['itself', REGISTERED],
    ['with a response', `${REGISTERED}?code=x&state=y`],
    ['with an error', `${REGISTERED}?error=access_denied`],
    ['with a fragment', `${REGISTERED}#code=x`],
    ['host in capitals', 'https://CB.EXAMPLE/app/callback?code=x'],
    ['scheme in capitals', 'HTTPS://cb.example/app/callback'],
    ['the default port', 'https://cb.example:443/app/callback'],
    ['dots that lead back', 'https://cb.example/x/../app/callback'],
    ['dots that lead back, encoded', 'https://cb.example/x/%2e%2e/app/callback'],
    ['a tab in it, which no browser sees', 'https://cb.example/app/call\tback'],
  ])('%s (C12)', (_name, url) => {
    expect(matchesRedirectUri(url, REGISTERED)).toBe(true);
  });
});

describe('does not lead to redirect_uri (RFC 9700 §4.1.3)', () => {
  test.each([
    ['a host that begins with it', 'https://cb.example.evil.test/app/callback'],
    ['a host that ends with it', 'https://evilcb.example/app/callback'],
    ['it as a user', 'https://cb.example@evil.test/app/callback'],
    ['it with a user', 'https://user@cb.example/app/callback'],
    ['it with a password', 'https://:pw@cb.example/app/callback'],
    ['it in the query', 'https://evil.test/?x=https://cb.example/app/callback'],
    ['it in the fragment', 'https://evil.test/#https://cb.example/app/callback'],
    ['more path', `${REGISTERED}/more`],
    ['a slash more', `${REGISTERED}/`],
    ['less path', 'https://cb.example/app'],
    ['a path in capitals', 'https://cb.example/App/Callback'],
    ['an encoded slash', 'https://cb.example/app%2Fcallback'],
    ['dots that lead away', `${REGISTERED}/../other`],
    ['a backslash for a slash more', `${REGISTERED}\\more`],
    ['another port', 'https://cb.example:444/app/callback'],
    ['a trailing dot', 'https://cb.example./app/callback'],
    ['another scheme', 'http://cb.example/app/callback'],
    ['a scheme of no browser', 'javascript://cb.example/app/callback'],
    ['a letter that only looks the same', 'https://сb.example/app/callback'],
    ['nothing', ''],
    ['no URL', 'cb.example/app/callback'],
  ])('%s (C12, C13)', (_name, url) => {
    expect(matchesRedirectUri(url, REGISTERED)).toBe(false);
  });

  test('an empty redirect_uri matches nothing (tutorial bug 10)', () => {
    for (const url of [REGISTERED, '', 'https://a.test/']) expect(matchesRedirectUri(url, '')).toBe(false);
  });
});

test('the query that was registered has to be there, with its values', () => {
  const registered = `${REGISTERED}?app=1&market=gb`;
  expect(matchesRedirectUri(`${REGISTERED}?code=x&market=gb&app=1`, registered)).toBe(true);
  expect(matchesRedirectUri(`${REGISTERED}?code=x&app=1`, registered)).toBe(false);
  expect(matchesRedirectUri(`${REGISTERED}?code=x&app=2&market=gb`, registered)).toBe(false);
});

test('a scheme of an app is a redirect_uri like any other (A12)', () => {
  expect(matchesRedirectUri('myapp://cb?code=x', 'myapp://cb')).toBe(true);
  expect(matchesRedirectUri('myapp://cb2?code=x', 'myapp://cb')).toBe(false);
  expect(matchesRedirectUri('com.example:/cb?code=x', 'com.example:/cb')).toBe(true);
});

test('every URL matches itself whatever the response in its query, and nothing of another host', () => {
  const urls = fc.webUrl({ withQueryParameters: false, withFragments: false });
  const property = fc.property(urls, fc.stringMatching(/^[\w-]{1,40}$/), (url, code) => {
    expect(matchesRedirectUri(`${url}?code=${code}`, url)).toBe(true);
    const { hostname } = new URL(url);
    expect(matchesRedirectUri(url.replace(hostname, `${hostname}.evil.test`), url)).toBe(false);
  });
  fc.assert(property, { numRuns: 200 });
});

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['[::1]', true],
  ['app.localhost', true],
  ['localhost.evil.test', false],
  ['127.0.0.1.evil.test', false],
  ['10.0.0.1', false],
  ['0.0.0.0', false],
  ['[::]', false],
  ['[::ffff:7f00:1]', false],
  ['notlocalhost', false],
])('%s is this machine: %s (RFC 8252 §8.3)', (hostname, expected) => {
  expect(isLoopback(hostname)).toBe(expected);
});
