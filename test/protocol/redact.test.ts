import { describe, expect, test } from 'vitest';

import { createPseudonyms } from '#protocol/pseudonyms.ts';
import { redactHeader, redactText } from '#protocol/redact.ts';

const header = (name: string, value: string) => redactHeader(name, value, createPseudonyms());
const text = (raw: string) => redactText(raw, createPseudonyms());

describe('pseudonyms', () => {
  test('stand for the same value by the same name, for another by another', () => {
    const pseudonyms = createPseudonyms();
    const values = ['first-value', 'second-value', 'first-value'].map((one) => pseudonyms.of('state', one));
    expect(values).toEqual(['‹state:1›', '‹state:2›', '‹state:1›']);
    expect(pseudonyms.of('code', 'first-value')).toBe('‹state:1›');
  });

  test('are left as they are, under any label', () => {
    const pseudonyms = createPseudonyms();
    for (const label of ['state', 'a[b]', 'é', '', 'x-12345678', 'with space', '‹›']) {
      const standIn = pseudonyms.of(label, `value of ${label}`);
      expect(pseudonyms.of('again', standIn)).toBe(standIn);
      expect(redactText(standIn, pseudonyms)).toBe(standIn);
    }
  });

  test('cover a value wherever it stands, the longer of two first', () => {
    const pseudonyms = createPseudonyms();
    pseudonyms.of('short', 'abcdefgh');
    pseudonyms.of('long', 'abcdefghijkl');
    expect(pseudonyms.cover('x abcdefghijkl y abcdefgh z')).toBe('x ‹long:1› y ‹short:1› z');
  });

  test('cover a value of any size and any characters', () => {
    const pseudonyms = createPseudonyms();
    const values = ['a'.repeat(200_000), '$&$1.*+?()[]{}|^\\', '\u{1F600}'.repeat(8)];
    for (const value of values) pseudonyms.of('x', value);
    expect(pseudonyms.cover(values.join(' '))).toBe('‹x:1› ‹x:2› ‹x:3›');
  });

  test('never cover the words of another stand-in', () => {
    const pseudonyms = createPseudonyms();
    pseudonyms.of('access_token', 'the-token-value');
    pseudonyms.of('x', 'access_token');
    expect(pseudonyms.cover('the-token-value')).toBe('‹access_token:1›');
    expect(redactText('‹access_token:1›', pseudonyms)).toBe('‹access_token:1›');
  });
});

describe('a header', () => {
  test.each([
    ['Authorization keeps its scheme', 'Authorization', 'Bearer abcdefghijkl', 'Bearer ‹bearer:1›'],
    ['Authorization without a scheme hides all', 'authorization', 'abcdefghijkl', '‹authorization:1›'],
    ['Cookie keeps its names', 'Cookie', 'a=1234; b=5678', 'a=‹a:1›; b=‹b:1›'],
    ['Cookie without a name hides its value', 'Cookie', 'justavalue', '=‹cookie:1›'],
    [
      'Set-Cookie keeps its attributes',
      'Set-Cookie',
      'sid=abcdefgh; Path=/; Secure',
      'sid=‹sid:1›; Path=/; Secure',
    ],
    ['Set-Cookie without a name hides its value', 'set-cookie', 'justavalue; Path=/', '=‹cookie:1›; Path=/'],
    ['two Set-Cookie in one', 'set-cookie', 'a=1234\nb=5678', 'a=‹a:1›\nb=‹b:1›'],
    ['Location is a URL', 'location', 'https://a.test/cb?code=abcdefgh', 'https://a.test/cb?code=‹code:1›'],
    ['a trace id is kept, because support asks for it', 'X-VIG-Trace-Id', 'abc-447700900', 'abc-447700900'],
    ['what nobody knows is hidden', 'X-MSISDN', '447700900123', '‹x-msisdn:1›'],
    ['a number in an open header is hidden (PR3)', 'server', 'gw for 447700900123', 'gw for ‹number:1›'],
    ['so is a JWT', 'via', '1.1 eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln', '1.1 ‹jwt:1›'],
    ['so is the hash of a number', 'vary', 'a'.repeat(64), '‹hash:1›'],
    [
      'so is a number in the name of a cookie',
      'set-cookie',
      'sid_447700900123=1234',
      'sid_‹number:1›=‹value:1›',
    ],
    [
      'seconds are kept, which say how long a browser goes on with https',
      'strict-transport-security',
      'max-age=31536000; includeSubDomains',
      'max-age=31536000; includeSubDomains',
    ],
    [
      'a number that only claims to be seconds is none',
      'cache-control',
      'max-age=447700900123',
      'max-age=‹number:1›',
    ],
    [
      'a browser keeps its name',
      'user-agent',
      'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
      'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    ],
    ['a date is kept', 'date', 'Mon, 23 Nov 2026 05:49:37 GMT', 'Mon, 23 Nov 2026 05:49:37 GMT'],
    ['Retry-After is kept', 'retry-after', '5', '5'],
  ])('%s', (_name, name, value, expected) => {
    expect(header(name, value)).toBe(expected);
    expect(header(name, expected)).toBe(expected);
  });
});

describe('free text', () => {
  test.each([
    ['a number', 'MSISDN 447700900123 unknown', 'MSISDN ‹number:1› unknown'],
    ['a number with its plus', 'for +447700900123.', 'for ‹number:1›.'],
    ['a number as people write it', 'for +44 (0)7700 900-123.', 'for ‹number:1›.'],
    ['a JWT', 'token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln!', 'token ‹jwt:1›!'],
    ['control and bidi characters', 'a\u0000b\u202Ec\r\nd', 'a b c  d'],
    [
      'a UUID, which stays',
      'id 12345678-1234-4123-8123-123456789012',
      'id 12345678-1234-4123-8123-123456789012',
    ],
    ['a short number, which stays', 'error 1234567', 'error 1234567'],
  ])('%s', (_name, raw, expected) => {
    expect(text(raw)).toBe(expected);
    expect(text(expected)).toBe(expected);
  });

  test('is cut only after it has been covered, so that no half of a secret stays', () => {
    const pseudonyms = createPseudonyms();
    pseudonyms.of('code', 'a-secret-authorization-code');
    const redacted = redactText(`${'x'.repeat(2040)}a-secret-authorization-code`, pseudonyms);
    expect(redacted.length).toBeLessThanOrEqual(2048);
    expect(redacted).not.toContain('a-secret');
  });
});

describe('numbers and hashes in an operator’s words (PR3)', () => {
  test.each([
    'Number 07700 900123 is unknown',
    'Hallo 0170 1234567',
    '0044 7700 900123',
    '07700-900-123',
    '(0170) 12 34 567',
    'hash 3D84A3838599719DF7DEACC7FB91903BDE5430A8C0E007C3EBA93BCE0C69C5A2',
  ])('%s', (text) => {
    const shown = redactText(text, createPseudonyms());
    expect(shown).toMatch(/‹(?:number|hash):1›/);
    expect(shown.replace(/‹[^›]*›/g, '')).not.toMatch(/\d{3}/);
    expect(redactText(shown, createPseudonyms())).toBe(shown);
  });

  test.each(['2026-11-23T01:22:31.000Z', '2026-11-23 01:22', 'limits.chainMs 30000', 'step 0 1 2', '00 11'])(
    '%s is none',
    (text) => {
      expect(redactText(text, createPseudonyms())).toBe(text);
    },
  );
});
