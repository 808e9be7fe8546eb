import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createPseudonyms } from '#protocol/pseudonyms.ts';
import { redactHeader, redactUrl } from '#protocol/redact.ts';

const url = (raw: string) => redactUrl(raw, createPseudonyms());
const header = (name: string, value: string) => redactHeader(name, value, createPseudonyms());

describe('a URL', () => {
  test.each([
    [
      'keeps how the request was made',
      'https://a.test/authorize?scope=openid&acr_values=2&prompt=none',
      'https://a.test/authorize?scope=openid&acr_values=2&prompt=none',
    ],
    [
      'hides everything else by its name',
      'https://a.test/cb?code=SplxlOBeZQQYbYS6WxSbIA&foo=barbaz',
      'https://a.test/cb?code=‹code:1›&foo=‹foo:1›',
    ],
    [
      'keeps what is too short to be a secret',
      'https://a.test/?mcc=234&mnc=15',
      'https://a.test/?mcc=234&mnc=15',
    ],
    [
      'hides an opaque path segment',
      'https://a.test/s/9f86d081884c7d659a2feaa0c55ad015/x',
      'https://a.test/s/‹path:1›/x',
    ],
    ['masks a number in the path', 'https://a.test/msisdn/447700900123', 'https://a.test/msisdn/‹number:1›'],
    [
      'keeps a correlation id',
      'https://a.test/?correlation_id=2f1c6f0e-6ab6-4b0e-9f0d-6a3f1c1f7a11',
      'https://a.test/?correlation_id=2f1c6f0e-6ab6-4b0e-9f0d-6a3f1c1f7a11',
    ],
    ['drops credentials', 'https://user:pw@a.test/x', 'https://a.test/x'],
    [
      'hides a code in the fragment',
      'https://a.test/cb#code=SplxlOBeZQQYbYS6&x=1',
      'https://a.test/cb#code=‹code:1›&x=1',
    ],
    [
      'hides the code inside an open parameter',
      'https://a.test/?redirect_uri=https://b.test/cb?code=SplxlOBeZQQ',
      'https://a.test/?redirect_uri=https://b.test/cb?code=‹code:1›',
    ],
    ['stays relative', '/cb?state=abcdefgh', '/cb?state=‹state:1›'],
    ['stays relative to the scheme', '//evil.test/x?state=abcdefgh', '//evil.test/x?state=‹state:1›'],
    ['keeps the port', 'http://127.0.0.1:8080/x', 'http://127.0.0.1:8080/x'],
    ['of another scheme is no host', 'myapp:cb?code=SplxlOBeZQQYbYS6', 'myapp:cb?code=‹code:1›'],
    ['of javascript is text', 'javascript:alert(1)', 'javascript:alert(1)'],
    [
      'that cannot be parsed hides its query all the same',
      'http://[::1/cb?code=SplxlOBeZQQYbYS6&state=abcdefgh',
      'http://[::1/cb?code=‹code:1›&state=‹state:1›',
    ],
    [
      'with a bare secret for a query hides it',
      'https://a.test/?eyJhbGciOiJSUzI1NiJ9.e30.c2ln',
      'https://a.test/?‹jwt:1›',
    ],
    ['keeps an encoded slash encoded', 'https://a.test/a%2Fb%3Fc', 'https://a.test/a%2Fb%3Fc'],
    [
      'keeps an encoded ampersand encoded',
      'https://a.test/?error=a%26code%3Dx',
      'https://a.test/?error=a%26code=x',
    ],
  ])('%s', (_name, raw, expected) => {
    expect(url(raw)).toBe(expected);
    expect(url(expected)).toBe(expected);
  });
});

describe('for any secret at all', () => {
  const secret = fc
    .stringMatching(/^[A-Za-z0-9_-]{12,60}$/)
    .filter((one) => /\d/.test(one) && !/^\d+$/.test(one));
  const name = fc.stringMatching(/^[a-z_]{1,12}$/).filter((one) => !OPEN.includes(one));
  const OPEN = [
    'display',
    'error',
    'error_uri',
    'iss',
    'max_age',
    'prompt',
    'scenario',
    'scope',
    'version',
    'client_id',
  ];

  test('no place of a URL lets it through (PR3)', () => {
    const places = fc.constantFrom<(n: string, s: string) => string>(
      (n, s) => `https://a.test/cb?${n}=${s}`,
      (n, s) => `https://a.test/cb?x=1&${n}=${s}&y=2`,
      (n, s) => `https://a.test/cb#${n}=${s}`,
      (_n, s) => `https://u:${s}@a.test/cb`,
      (n, s) => `/cb?${n}=${s}`,
      (n, s) => `//b.test/cb?${n}=${s}`,
      (n, s) => `http://[::1/cb?${n}=${s}`,
      (n, s) => `myapp:cb?${n}=${s}`,
      (n, s) => `https://a.test/?redirect_uri=${encodeURIComponent(`https://b.test/?${n}=${s}`)}`,
    );
    const property = fc.property(places, name, secret, (place, n, s) => {
      expect(url(place(n, s))).not.toContain(s);
    });
    fc.assert(property, { numRuns: 200 });
  });

  test('no header but the harmless ones lets it through (PR3)', () => {
    const property = fc.property(
      fc.constantFrom(
        'x-token',
        'cookie',
        'set-cookie',
        'authorization',
        'x-msisdn',
        'www-authenticate',
        'etag',
      ),
      secret,
      (n, s) => {
        expect(header(n, s)).not.toContain(s);
        expect(header(n, `a=${s}; Path=/`)).not.toContain(s);
        expect(header(n, `Bearer ${s}`)).not.toContain(s);
      },
    );
    fc.assert(property, { numRuns: 100 });
  });
});
