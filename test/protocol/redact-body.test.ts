import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createPseudonyms } from '#protocol/pseudonyms.ts';
import { redactHeader, redactText, redactUrl } from '#protocol/redact.ts';
import { redactBody } from '#protocol/redact-body.ts';

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';
const body = (raw: string, type = JSON_TYPE) => redactBody(raw, type, createPseudonyms());

describe('a body', () => {
  test.each([
    [
      'JSON, member by member',
      '{"access_token":"abcdefgh","token_type":"Bearer","expires_in":300}',
      '{"access_token":"‹access_token:1›","token_type":"Bearer","expires_in":300}',
    ],
    [
      'JSON inside JSON',
      '{"mc_claims":{"device_msisdn_hash":"0123456789abcdef"}}',
      '{"mc_claims":{"device_msisdn_hash":"‹device_msisdn_hash:1›"}}',
    ],
    ['an array', '{"aud":["client-1","client-1"]}', '{"aud":["‹aud:1›","‹aud:1›"]}'],
    ['a number that could be a subscriber’s', '{"msisdn":447700900123}', '{"msisdn":"‹msisdn:1›"}'],
    [
      'a number that could be a subscriber’s, as a member’s name',
      '{"447700900123":true}',
      '{"‹number:1›":true}',
    ],
    ['the result', '{"device_msisdn_verified":true}', '{"device_msisdn_verified":true}'],
    [
      'an error in its own words',
      '{"error":"invalid_grant","error_description":"Unknown user"}',
      '{"error":"invalid_grant","error_description":"Unknown user"}',
    ],
    [
      'an error that quotes a number',
      '{"error":"x","message":"no +447700900123"}',
      '{"error":"x","message":"no ‹number:1›"}',
    ],
    ['a web page', '<h1>447700900123</h1>', '<h1>‹number:1›</h1>'],
    ['nothing', '', ''],
  ])('%s', (_name, raw, expected) => {
    expect(body(raw)).toBe(expected);
    expect(body(expected)).toBe(expected);
  });

  test('a form, parameter by parameter', () => {
    const raw = 'grant_type=authorization_code&code=SplxlOBeZQQ&redirect_uri=https%3A%2F%2Fa.test%2Fcb';
    const expected = 'grant_type=authorization_code&code=‹code:1›&redirect_uri=https://a.test/cb';
    expect(body(raw, FORM)).toBe(expected);
    expect(body(expected, FORM)).toBe(expected);
  });

  test('an excerpt is cut only after it has been covered, so that no half of a secret stays', () => {
    const pseudonyms = createPseudonyms();
    pseudonyms.of('code', 'a-secret-authorization-code');
    for (let before = 170; before < 200; before += 1) {
      const page = `${'x'.repeat(before)}a-secret-authorization-code`;
      expect(redactBody(page, 'text/html', pseudonyms)).not.toContain('a-sec');
    }
  });
});

describe('redacting twice changes nothing: a fixed point (PR3)', () => {
  const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 60 });
  const any = fc.string({ unit: 'grapheme', maxLength: 40 });
  const piece = fc.oneof(
    ascii,
    any,
    fc.constantFrom('%26', '%23', '%25', '+', '%3D', '‹state:1›', '447700900123', 'a b', '%zz'),
  );
  const query = fc
    .array(
      fc.tuple(fc.oneof(piece, fc.constantFrom('code', 'scope', 'redirect_uri', 'error_description')), piece),
      { maxLength: 4 },
    )
    .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));
  const anyUrl = fc
    .tuple(
      fc.constantFrom('https://a.test', 'http://b.test:8080', '', '//c.test', 'myapp:x', 'http://[::1'),
      fc.array(piece, { maxLength: 3 }),
      query,
      fc.oneof(fc.constant(''), query),
    )
    .map(([base, path, q, f]) => `${base}/${path.join('/')}?${q}${f ? `#${f}` : ''}`);

  /** The same table, as within a run, and a fresh one, as for an export that is imported and exported again. */
  const fixed =
    (redact: (raw: string, pseudonyms: ReturnType<typeof createPseudonyms>) => string) => (raw: string) => {
      const pseudonyms = createPseudonyms();
      const once = redact(raw, pseudonyms);
      expect(redact(once, pseudonyms)).toBe(once);
      expect(redact(once, createPseudonyms())).toBe(once);
    };

  test('URLs', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyUrl, any, fc.webUrl({ withQueryParameters: true, withFragments: true })),
        fixed(redactUrl),
      ),
      { numRuns: 600 },
    );
  });

  test.each([
    'location',
    'cookie',
    'set-cookie',
    'authorization',
    'x-anything',
    'content-type',
    'x-vig-trace-id',
  ])('header %s', (name) => {
    const value = fc.oneof(any, ascii, anyUrl, query);
    fc.assert(
      fc.property(
        value,
        fixed((raw, pseudonyms) => redactHeader(name, raw, pseudonyms)),
      ),
      { numRuns: 150 },
    );
  });

  test('text', () => {
    const words = fc
      .array(fc.oneof(any, piece, fc.nat().map(String)), { maxLength: 8 })
      .map((all) => all.join(' '));
    fc.assert(fc.property(words, fixed(redactText)), { numRuns: 400 });
  });

  test('JSON', () => {
    const json = fc.json({ maxDepth: 4 });
    fc.assert(
      fc.property(
        json,
        fixed((raw, pseudonyms) => redactBody(raw, JSON_TYPE, pseudonyms)),
      ),
      { numRuns: 300 },
    );
  });

  test('forms and other bodies', () => {
    fc.assert(
      fc.property(
        query,
        fixed((raw, pseudonyms) => redactBody(raw, FORM, pseudonyms)),
      ),
      { numRuns: 400 },
    );
    fc.assert(
      fc.property(
        any,
        fixed((raw, pseudonyms) => redactBody(raw, 'text/html', pseudonyms)),
      ),
      { numRuns: 150 },
    );
  });
});
