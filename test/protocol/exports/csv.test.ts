import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { exportCsv } from '#protocol/exports/csv.ts';
import { readCsv, writeCsv } from '#protocol/exports/csv-cells.ts';

import { contextOf, recording, recordings, runSaying } from '../../fixtures/runs/export-fixtures.ts';
import { anyText, fuzz } from '../../property/fuzz.ts';
import { XSS_PAYLOADS } from '../../support/xss-payloads.ts';

/** What a spreadsheet takes for a formula (E14, T21). */
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;

describe('cells', () => {
  test.each([
    '=1+1',
    '+447700900907',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\0=1',
    "'=1",
    "''+1",
    "'tis",
    '＝1+1',
    'a "quoted" word',
    'one,two',
    'one;two',
    'two\r\nlines',
    ' blanks ',
    '',
  ])('%j is guarded, quoted, and read again as it was (E14)', (value) => {
    const text = writeCsv([['x', value, 'y']]);
    expect(readCsv(text)).toEqual([['x', value, 'y']]);
    for (const cell of asSpreadsheet(text).flat()) expect(cell).not.toMatch(FORMULA);
  });

  test('of any kind come back as they were, and none is a formula (E14)', () => {
    const cell = fc.oneof(anyText, fc.stringMatching(/^['=+@\t\r\n",;-]{0,4}[a-z0-9]{0,3}$/));
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 4 });
    fc.assert(
      fc.property(rows, (some) => {
        const text = writeCsv(some);
        expect(readCsv(text)).toEqual(some);
        for (const one of asSpreadsheet(text).flat()) expect(one).not.toMatch(FORMULA);
      }),
      fuzz(500),
    );
  });

  test('lines end with CR and LF, and quotes in quotes are doubled (RFC 4180 §2)', () => {
    expect(
      writeCsv([
        ['a', 'b "c"'],
        ['1', '2'],
      ]),
    ).toBe('\ufeffa,"b ""c"""\r\n1,2\r\n');
  });

  test('a file that breaks off in a quoted cell is no CSV', () => {
    expect(() => readCsv('a,"b')).toThrow(SyntaxError);
  });
});

describe('an export as CSV', () => {
  test('is a row a run under one row of names, all of one length', () => {
    const runs = recordings();
    const [names = [], ...rows] = readCsv(exportCsv(runs, contextOf(runs)));
    expect(rows).toHaveLength(3);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([names.length]));
    expect(new Set(names).size).toBe(names.length);
    const cell = (row: number, name: string) => rows[row]?.[names.indexOf(name)];
    expect(cell(0, 'run_id')).toBe(runs[0]?.id);
    expect(cell(0, 'verdict')).toBe('match');
    expect(cell(1, 'outcome')).toBe('not_as_expected');
    expect(cell(2, 'failure')).toBe('authorize.access_denied');
    expect(cell(2, 'cause_owner')).toBe('network');
    expect(cell(0, 'bearer_basis')).toBe('stated');
  });

  test('shows the masked number as it is written, guarded for a spreadsheet (E14, PR3)', () => {
    const run = recording('match');
    const text = exportCsv([run], contextOf([run]));
    expect(text).toContain(`,'${run.number?.mask},`);
    expect(readCsv(text)[1]).toContain(run.number?.mask);
  });

  test('keeps whatever a person or an operator wrote in its cell (E8)', () => {
    for (const payload of XSS_PAYLOADS) {
      const rows = readCsv(exportCsv([runSaying(payload)], contextOf([])));
      expect(rows.map((row) => row.length)).toEqual([rows[0]?.length, rows[0]?.length]);
    }
  });

  test('writes an offset as a text', () => {
    const offsets = [0, 60, -210, 345].map((utcOffsetMinutes) => recording('match', { utcOffsetMinutes }));
    const rows = readCsv(exportCsv(offsets, contextOf([]))).slice(1);
    expect(rows.map((row) => row[2])).toEqual(['UTC+00:00', 'UTC+01:00', 'UTC-03:30', 'UTC+05:45']);
  });
});

/** As a program reads it that knows nothing of guards: another reader than ours. */
function asSpreadsheet(text: string): string[][] {
  const rows: string[][] = [[]];
  let quoted = false;
  let cell = '';
  const end = () => rows.at(-1)?.push(cell);
  const body = text.slice(1);
  for (let at = 0; at < body.length; at += 1) {
    const one = body[at];
    if (quoted) {
      if (one === '"' && body[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (one === '"') quoted = false;
      else cell += one;
    } else if (one === '"') quoted = true;
    else if (one === ',' || one === '\n') {
      end();
      cell = '';
      if (one === '\n') rows.push([]);
    } else if (one !== '\r') cell += one;
  }
  return rows;
}
