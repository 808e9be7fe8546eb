import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPseudonyms } from '#protocol/pseudonyms.ts';
import { redactUrl } from '#protocol/redact.ts';
import { recordedCookies, recordedHeaders, recordedUrl } from '../../../extension/walker/recorded.ts';
import type { RawHeader } from '../../../extension/walker/traffic-event.ts';

const record = (headers: RawHeader[]) => recordedHeaders(headers, createPseudonyms());
const sizeOf = (value: unknown) => JSON.stringify(value).length;

describe('a URL', () => {
  test('of ordinary length is kept whole, redacted', () => {
    const url = 'https://gw.operator.test/a?code=secret-code&scope=openid';
    expect(recordedUrl(url, createPseudonyms())).toBe(redactUrl(url, createPseudonyms()));
  });

  test('of 64 KB is cut, says so, and is not read to its end first (A11)', () => {
    const pseudonyms = createPseudonyms();
    const shown = recordedUrl(`https://gw.operator.test/${'a/'.repeat(32_000)}`, pseudonyms);
    const secrets = Array.from({ length: 3000 }, (_, at) => `secret-number-${at}`);
    recordedUrl(`https://gw.operator.test/${secrets.join('/')}`, pseudonyms);
    const [, given] = /‹path:(\d+)›/.exec(pseudonyms.of('path', 'the next secret 1')) ?? [];
    expect(Number(given)).toBeLessThan(600);
    expect(shown.length).toBe(2048);
    expect(shown).toMatch(/^https:\/\/gw\.operator\.test\/a\/a\/.*…$/);
  });

  test('is cut between two values, so that no part of a secret is left (PR3, A11)', () => {
    const number = '447700900907';
    fc.assert(
      fc.property(fc.integer({ min: 8150, max: 8200 }), (length) => {
        const start = 'https://gw.operator.test/?x=';
        const shown = recordedUrl(
          `${start}${'y'.repeat(length - start.length)}&z=${number}&${'w'.repeat(100)}`,
          createPseudonyms(),
        );
        expect(shown).not.toMatch(/z=4|4477/);
      }),
    );
  });
});

describe('headers', () => {
  test('of an ordinary answer are all kept, in their order', () => {
    const headers = [
      { name: 'Date', value: 'Sun, 22 Nov 2026 13:55:02 GMT' },
      { name: 'X-VIG-Trace-Id', value: '9f2c41d0-77aa' },
    ];
    expect(record(headers)).toEqual(headers);
  });

  test('without end are cut, and the last entry says how many are missing (A40)', () => {
    const many = Array.from({ length: 3000 }, (_, at) => ({ name: `X-Filler-${at}`, value: `value ${at}` }));
    const kept = record(many);
    expect(sizeOf(kept)).toBeLessThan(20_000);
    expect(kept.at(-1)).toEqual({ name: '…', value: `+${3000 - kept.length + 1}` });
  });

  test('one too many does not crowd out the small ones after it (A40)', () => {
    const large = Array.from({ length: 4 }, () => ({ name: 'Via', value: 'v'.repeat(2000) }));
    const trace = { name: 'X-VIG-Trace-Id', value: '9f2c41d0-77aa' };
    expect(record([...large, trace])).toContainEqual(trace);
  });

  test('of any kind come to a bounded size (A11, A40)', () => {
    const huge = fc.record({
      name: fc.constantFrom('Cookie', 'Set-Cookie', 'Location', 'Server', 'X'.repeat(5000)),
      value: fc.integer({ min: 0, max: 100_000 }).map((length) => 'a=b; /'.repeat(length / 6)),
    });
    fc.assert(
      fc.property(fc.array(huge, { maxLength: 20 }), (headers) => {
        expect(sizeOf(record(headers))).toBeLessThan(10_000);
      }),
      { numRuns: 50 },
    );
  });
});

test('cookies are named once each, and hundreds of them are cut (A40)', () => {
  expect(recordedCookies(['a', 'b', 'a'], createPseudonyms())).toEqual(['a', 'b']);
  const many = Array.from({ length: 500 }, (_, at) => `${at}-${'n'.repeat(4000)}`);
  expect(sizeOf(recordedCookies(many, createPseudonyms()))).toBeLessThan(5000);
});

test('a cookie that is named after state shows it no more than its value would (PR2)', () => {
  const pseudonyms = createPseudonyms();
  pseudonyms.of('state', 'af0ifjsl-dkj4-4f1a-9d55-f1b0f6f0c3aa');
  const names = recordedCookies(['login-af0ifjsl-dkj4-4f1a-9d55-f1b0f6f0c3aa'], pseudonyms);
  expect(names).toEqual(['login-‹state:1›']);
});
