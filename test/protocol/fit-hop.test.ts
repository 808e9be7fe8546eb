import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fitHop, LARGEST_HOP } from '#protocol/fit-hop.ts';
import { Hop } from '#protocol/hop.ts';

import { hopOf } from '../support/fixtures.ts';

const bytesOf = (hop: Hop) => Buffer.byteLength(JSON.stringify(hop));
const header = (name: string, length: number) => ({ name, value: 'v'.repeat(length) });

describe('a hop above 8 KiB (B5)', () => {
  test('loses headers of the request before those of the answer, and says how many', () => {
    const large = hopOf({
      responseHeaders: [header('location', 1000), header('set-cookie', 1500)],
      requestHeaders: [
        header('cookie', 6000),
        header('x-a', 2000),
        header('x-b', 2000),
        header('accept', 20),
      ],
    });
    const fitted = fitHop(large);
    expect(bytesOf(fitted)).toBeLessThanOrEqual(LARGEST_HOP);
    expect(fitted.notes).toEqual(['truncated']);
    expect(fitted.responseHeaders).toEqual(large.responseHeaders);
    expect(fitted.requestHeaders.map(({ name }) => name)).toEqual(['cookie', 'x-a', 'accept', '…']);
    expect(fitted.requestHeaders.at(-1)).toEqual({ name: '…', value: '+1' });
  });

  test('is measured in bytes: a stand-in has more of them than letters, and headers are kept all the same', () => {
    const headers = Array.from({ length: 300 }, (_, at) => ({ name: `x-${at}`, value: '‹token:1›' }));
    const fitted = fitHop(hopOf({ responseHeaders: headers }));
    expect(bytesOf(fitted)).toBeLessThanOrEqual(LARGEST_HOP);
    expect(fitted.responseHeaders.length).toBeGreaterThan(100);
    expect(fitted.responseHeaders.at(-1)).toEqual({
      name: '…',
      value: `+${301 - fitted.responseHeaders.length}`,
    });
  });

  test('below that is left as it is', () => {
    const hop = hopOf({ responseHeaders: [header('x', 7000)] });
    expect(fitHop(hop)).toBe(hop);
  });

  test('fits whatever was in it, and stays a hop', () => {
    // What JSON writes as one byte, as two, three and six, and what is half of a pair once it is cut.
    const unit = fc.constantFrom('a', '"', '\u0001', 'é', '€', '😀');
    const text = fc.tuple(unit, fc.nat(20_000)).map(([one, count]) => `x${one.repeat(count)}`);
    const headers = fc.array(fc.record({ name: text, value: text }), { maxLength: 40 });
    const hops = fc.record({
      url: text,
      ip: text,
      location: text,
      nextUrl: text,
      requestHeaders: headers,
      responseHeaders: headers,
      cookiesSent: fc.array(text, { maxLength: 80 }),
      cookiesSet: fc.array(text, { maxLength: 80 }),
      notes: fc.array(fc.constantFrom<Hop['notes'][number]>('slow', 'plain_http'), { maxLength: 5000 }),
      error: fc.record({ code: fc.constant('tls' as const), raw: text }),
      page: fc.record({ contentType: text, title: text, shows: fc.constant<'wait'[]>([]) }),
    });
    fc.assert(
      fc.property(hops, (change) => {
        const fitted = fitHop(hopOf(change));
        expect(bytesOf(fitted)).toBeLessThanOrEqual(LARGEST_HOP);
        expect(Hop.parse(fitted)).toEqual(fitted);
        expect(fitHop(fitted)).toBe(fitted);
      }),
      { numRuns: 50 },
    );
  });
});
