import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { exportBundle } from '#protocol/exports/bundle.ts';
import { isTooLarge, MOST_FILE_BYTES, MOST_RUNS } from '#protocol/file-limits.ts';
import { IMPORT_CODES } from '#protocol/imports/import-problem.ts';
import { readBundle } from '#protocol/imports/read-bundle.ts';
import { readImport } from '#protocol/imports/read-import.ts';

import { contextOf, recording, recordings } from '../../fixtures/runs/export-fixtures.ts';
import { anyMember, anyText, fuzz, scratched } from '../../property/fuzz.ts';
import { bundleWith, problemOf, readable } from './reading.ts';

/** As a page reads a file. */
const asText = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

describe('a file is refused', () => {
  test('by its size, before anyone reads it (E1)', () => {
    expect(isTooLarge(500 * 1024 * 1024)).toBe(true);
    expect(isTooLarge(MOST_FILE_BYTES)).toBe(false);
    expect(problemOf(`"${'x'.repeat(MOST_FILE_BYTES)}"`)).toMatchObject({ code: 'import.too_large' });
    // Fewer characters than bytes: it is the bytes that count.
    expect(problemOf(`"${'€'.repeat(Math.ceil(MOST_FILE_BYTES / 3))}"`)).toMatchObject({
      code: 'import.too_large',
    });
  });

  test.each<[what: string, text: string, found: string]>([
    ['empty', ' \n', 'empty'],
    ['a text', 'Dear team', 'syntax'],
    ['broken off', exportBundle(recordings(), contextOf([])).slice(0, -40), 'syntax'],
    ['compressed', asText(gzipSync('{}')), 'gzip'],
    ['an archive', 'PK\u0003\u0004rest', 'zip'],
    ['begun with a byte order mark', asText(Buffer.from('\ufeff{}', 'utf8')), 'byte_order_mark'],
    ['UTF-16 with its mark', asText(Buffer.from('\ufeff{"a":1}', 'utf16le')), 'utf16'],
    ['UTF-16 without one', asText(Buffer.from('{"a":1}', 'utf16le')), 'utf16'],
  ])('that is %s (E2)', (_what, text, found) => {
    expect(problemOf(text)).toEqual({ code: 'import.not_json', index: null, field: null, found });
  });

  test.each([
    '{}',
    '[]',
    'null',
    '17',
    '"x"',
    '{"format":"har"}',
    '{"log":[]}',
    '{"log":null}',
    '{"runs":[]}',
  ])('that is JSON and no file of ours: %s (E3)', (text) => {
    expect(problemOf(text)).toMatchObject({ code: 'import.wrong_format' });
  });

  test('without its entries (E3)', () => {
    expect(problemOf('{"log":{"version":"1.2"}}')).toMatchObject({
      code: 'import.wrong_format',
      field: 'log.entries',
    });
    expect(problemOf(bundleWith([], {}).replace('"runs":[]', '"runs":{}'))).toMatchObject({
      code: 'import.wrong_format',
      field: 'runs',
    });
  });

  test('of a version that is newer (E5)', () => {
    expect(problemOf(bundleWith([], { version: 2 }))).toMatchObject({
      code: 'import.unsupported_version',
      found: '2',
    });
    expect(problemOf(bundleWith([], { version: '1' }))).toMatchObject({
      code: 'import.wrong_format',
      field: 'version',
    });
  });

  test('for a depth that no parser should be asked to go into (E6)', () => {
    for (const deep of [
      '['.repeat(100_000),
      '{"a":'.repeat(100_000),
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    ]) {
      expect(problemOf(deep)).toMatchObject({ code: 'import.too_deep' });
    }
    // Brackets in a text are no depth.
    expect(problemOf(JSON.stringify({ a: `${'['.repeat(1000)}\\"` }))).toMatchObject({
      code: 'import.wrong_format',
    });
  });

  test('for a million entries, in less than two seconds (E6)', () => {
    const before = process.threadCpuUsage();
    expect(problemOf(`{"log":{"entries":[${'{},'.repeat(999_999)}{}]}}`)).toMatchObject({
      code: 'import.too_many_entries',
    });
    expect(
      problemOf(bundleWith([]).replace('"runs":[]', `"runs":[${'{},'.repeat(999_999)}{}]`)),
    ).toMatchObject({
      code: 'import.too_many_entries',
    });
    // Of the processor's time: what else a machine does in the meantime is not ours.
    expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(2000);
    expect(problemOf(bundleWith(Array(MOST_RUNS + 1).fill(0)))).toMatchObject({
      code: 'import.too_many_entries',
    });
  });
});

describe('an entry that is no run', () => {
  const run = recording('match');
  const firstHop = (change: object) => ({ hops: [{ ...run.hops[0], ...change }] });
  test.each<[field: string, change: object]>([
    ['hops.0.startedAtMs', firstHop({ startedAtMs: -1 })],
    ['hops.0.durationMs', firstHop({ durationMs: 1e300 })],
    ['hops.0.durationMs', firstHop({ durationMs: 'NaN' })],
    ['hops.0.status', firstHop({ status: 99999 })],
    ['hops.0', firstHop({ url: `https://a.example/${'x'.repeat(1_000_000)}` })],
    ['startedAt', { startedAt: 8.64e15 }],
    ['startedAt', { startedAt: -1 }],
    ['endedAt', { endedAt: 1 }],
    ['legs', { legs: run.legs.slice(1) }],
    ['legs', { legs: [] }],
    ['id', { id: '../../etc' }],
    ['id', { id: run.id.toUpperCase() }],
    ['correlationId', { correlationId: 'x'.repeat(129) }],
    ['scenario', { scenario: 'x'.repeat(65) }],
    ['number.mask', { number: { mask: `+44 ${'•'.repeat(40)}`, country: 'GB' } }],
    ['schemaVersion', { schemaVersion: 2 }],
    ['verdict', { verdict: 'perfect' }],
    ['number.mask', { number: { mask: '+44 7911 123456', country: 'GB' } }],
    ['utcOffsetMinutes', { utcOffsetMinutes: 1e6 }],
  ])('is named by its number and %s; the others are kept (E10)', (field, change) => {
    const read = readable(bundleWith([run, { ...run, ...change }, run]));
    expect(read.problems).toEqual([{ code: 'import.bad_entry', index: 1, field, found: null }]);
    expect(read.runs).toHaveLength(2);
  });

  test.each([{ phase: 'verifying', verdict: null }, { verdict: null }])(
    'is one that has not ended, and stops none of the others (E10): %o',
    (change) => {
      const read = readable(bundleWith([{ ...run, ...change }, run]));
      expect(read.problems).toMatchObject([{ code: 'import.bad_entry', index: 0, found: 'not_ended' }]);
      expect(read.runs).toHaveLength(1);
    },
  );

  test('is one that is larger than a backend takes, by its bytes (E6)', () => {
    const headers = Array.from({ length: 80 }, () => ({ name: 'server', value: '€'.repeat(2000) }));
    const hopsOf = (count: number) =>
      Array.from({ length: count }, () => ({ ...run.hops[0], responseHeaders: headers }));
    const read = readable(
      bundleWith([
        { ...run, hops: hopsOf(10) },
        { ...run, hops: hopsOf(5) },
      ]),
    );
    expect(read.problems).toEqual([{ code: 'import.bad_entry', index: 0, field: null, found: 'too_large' }]);
    expect(read.runs).toHaveLength(1);
  });

  test('is one with more hops than anybody judges one by one (E6)', () => {
    const read = readable(bundleWith([{ ...run, hops: Array(20_000).fill({}) }, run]));
    expect(read.problems).toMatchObject([{ code: 'import.too_many_entries', index: 0 }]);
    expect(read.runs).toHaveLength(1);
  });

  test('is one that is no object at all (E10)', () => {
    const read = readable(bundleWith([null, 1, 'x', [], run]));
    expect(read.problems.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(read.runs).toHaveLength(1);
  });
});

describe('whatever a file is', () => {
  const whole = exportBundle([recording('wifi-access-denied')], contextOf([]));

  test('reading it throws nothing and answers from the closed list (T23)', () => {
    const json = fc.oneof(
      anyText,
      anyMember.map((one) => JSON.stringify(one) ?? ''),
      anyMember.map((one) => bundleWith([one])),
      anyMember.map((one) => JSON.stringify({ log: { entries: [one], pages: [one] } })),
      anyMember.map((one) => JSON.stringify({ log: { entries: [{ request: one, response: one }] } })),
      scratched(whole),
    );
    fc.assert(
      fc.property(json, (text) => {
        const read = readImport(text);
        const problems = read.ok ? read.problems : [read.problem];
        for (const { code } of problems) expect(IMPORT_CODES).toContain(code);
      }),
      fuzz(500),
    );
  });

  test('readBundle takes no HAR file', () => {
    expect(readBundle('{"log":{"entries":[]}}')).toMatchObject({
      ok: false,
      problem: { code: 'import.wrong_format' },
    });
  });
});
