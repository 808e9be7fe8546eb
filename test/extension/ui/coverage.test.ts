import { describe, expect, test } from 'vitest';

import type { CoverageCell } from '#protocol/coverage-api.ts';

import { hrefOfCell } from '../../../extension/ui/coverage/cell-link.ts';
import { firstDay, quickOf } from '../../../extension/ui/coverage/day-choice.ts';
import { axisEnd, barsOf } from '../../../extension/ui/coverage/latency-scale.ts';
import { finishedIn, matrixOf } from '../../../extension/ui/coverage/matrix.ts';
import { moveFrom } from '../../../extension/ui/coverage/move-in-matrix.ts';
import {
  besideOf,
  isEmpty,
  isStale,
  shareOf,
  standingOf,
  worstLeg,
} from '../../../extension/ui/coverage/share.ts';
import { worstFirst } from '../../../extension/ui/coverage/worst-first.ts';
import { parseRoute } from '../../../extension/ui/inspector/route.ts';
import { cellOf, DAY_MS, lastOf, NO_RUNS } from './coverage-fixtures.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const counts = (asExpected: number, notAsExpected = 0, more: object = {}) => ({
  ...NO_RUNS,
  asExpected,
  notAsExpected,
  ...more,
});

describe('the share', () => {
  test.each([
    [3, 0, 3, null],
    [9, 0, 9, null],
    [9, 1, 10, 90],
    [0, 12, 12, 0],
    [1, 999, 1000, 1],
    [999, 1, 1000, 99],
    [1000, 0, 1000, 100],
  ])(
    '%i as expected and %i not: of %i, percent %s; all and nothing are said only of all and nothing',
    (yes, no, of, percent) => {
      expect(shareOf(counts(yes, no))).toEqual({ asExpected: yes, of, percent });
    },
  );

  test('what is simulated, imported or unfinished makes none, and stands beside it', () => {
    const only = counts(0, 0, { simulated: 40, interrupted: 2 });
    expect(shareOf(only)).toBeNull();
    expect(standingOf(only)).toBe('beside');
    expect(besideOf(only)).toEqual([
      { name: 'simulated', runs: 40 },
      { name: 'interrupted', runs: 2 },
    ]);
    expect([isEmpty(only), isEmpty(NO_RUNS)]).toEqual([false, true]);
  });

  test.each([
    [counts(19, 1), 'good'],
    [counts(94, 6), 'fair'],
    [counts(7, 3), 'fair'],
    [counts(69, 31), 'bad'],
    [counts(0, 1), 'bad'],
    [counts(999, 1, { unexpectedMatch: 1 }), 'alarm'],
  ])('%j stands %s: a match where a failure was expected is red, whatever the share', (cell, standing) => {
    expect(standingOf(cell)).toBe(standing);
  });

  test('names the leg that fails most, of two alike the earlier one', () => {
    const stoppedAt = { authorize: 2, token: 5, premiuminfo: 5 };
    expect(worstLeg(counts(0, 12, { stoppedAt }))).toEqual({ leg: 'token', runs: 5 });
    expect(worstLeg(counts(3, 2))).toBeNull();
  });

  test('a cell is stale once its last finished live run is older than a week, and never without one', () => {
    const aged = (ms: number) => isStale({ last: { ...lastOf(0, {}, NOW), at: NOW - ms } }, NOW);
    expect([aged(7 * DAY_MS), aged(7 * DAY_MS + 1)]).toEqual([false, true]);
    expect(isStale({ last: null }, NOW)).toBe(false);
  });
});

test('the worst cell comes first: wrong matches, low shares, old ones, right ones, those without a share', () => {
  const cell = (name: string, more: Partial<CoverageCell>, hoursAgo = 1) =>
    cellOf(name, null, { last: lastOf(hoursAgo, {}, NOW), ...more });
  const sorted = [
    cellOf('beside', null, { simulated: 9 }),
    cell('right', { asExpected: 5 }),
    cell('right too', { asExpected: 50 }),
    cell('old', { asExpected: 3 }, 200),
    cell('older', { asExpected: 3 }, 400),
    cell('4 of 5', { asExpected: 4, notAsExpected: 1 }),
    cell('16 of 20', { asExpected: 16, notAsExpected: 4 }),
    cell('nothing', { notAsExpected: 2 }, 300),
    cell('one wrong match', { asExpected: 99, notAsExpected: 1, unexpectedMatch: 1 }),
    cell('two wrong matches', { asExpected: 99, notAsExpected: 2, unexpectedMatch: 2 }),
  ];
  expect(worstFirst(sorted, NOW).map(({ row }) => row)).toEqual([
    'two wrong matches',
    'one wrong match',
    'nothing',
    '16 of 20',
    '4 of 5',
    'older',
    'old',
    'right',
    'right too',
    'beside',
  ]);
});

describe('the matrix', () => {
  const nameOf = (_: string, value: string | null) => value ?? '';
  const rowsOf = (values: (string | null)[], rows: 'operator' | 'bearer' | 'day') =>
    matrixOf(
      values.map((value) => cellOf(value, 'x', {})),
      { rows, columns: 'device' },
      nameOf,
    ).rows;

  test('has listed values in their order, names as people sort them, the newest day first, not stated last', () => {
    expect(rowsOf([null, 'wifi', 'other', '5g', '4g'], 'bearer')).toEqual([
      '5g',
      '4g',
      'wifi',
      'other',
      null,
    ]);
    expect(rowsOf(['B 10', null, 'B 2', 'a'], 'operator')).toEqual(['a', 'B 2', 'B 10', null]);
    expect(rowsOf(['2026-11-09', '2026-11-22', null, '2026-10-30'], 'day')).toEqual([
      '2026-11-22',
      '2026-11-09',
      '2026-10-30',
      null,
    ]);
  });

  test('finds each cell by its row and column, a value that says "null" beside one that was not stated', () => {
    const matrix = matrixOf(
      [cellOf('null', null, { asExpected: 1 }), cellOf(null, 'null', { asExpected: 2, simulated: 5 })],
      { rows: 'operator', columns: 'device' },
      nameOf,
    );
    expect(matrix.at('null', null)?.asExpected).toBe(1);
    expect(matrix.at(null, 'null')?.asExpected).toBe(2);
    expect(matrix.at(null, null)).toBeUndefined();
    expect(finishedIn(matrix, null)).toBe(2);
  });

  test('arrows lead to the next cell that has a link, Home and End to the ends of a row and of all', () => {
    const places = [
      { row: 0, column: 0 },
      { row: 0, column: 2 },
      { row: 2, column: 0 },
      { row: 2, column: 1 },
    ];
    const from = { row: 0, column: 0 };
    expect(moveFrom(from, 'ArrowRight', false, places)).toEqual({ row: 0, column: 2 });
    expect(moveFrom(from, 'ArrowDown', false, places)).toEqual({ row: 2, column: 0 });
    expect(moveFrom(from, 'ArrowLeft', false, places)).toBeNull();
    expect(moveFrom(from, 'End', false, places)).toEqual({ row: 0, column: 2 });
    expect(moveFrom(from, 'End', true, places)).toEqual({ row: 2, column: 1 });
    expect(moveFrom({ row: 2, column: 1 }, 'Home', true, places)).toEqual(from);
    expect(moveFrom({ row: 2, column: 0 }, 'ArrowUp', false, places)).toEqual(from);
    expect(moveFrom(from, 'a', false, places)).toBeNull();
  });
});

describe('a cell leads to its runs', () => {
  test('by its row, its column and the filter; what was not stated is asked for as such', () => {
    const filter = { campaign: 'Launch', fromDay: '2026-11-01', operator: 'Other' };
    const cell = cellOf('Vodafone UK', null, { simulated: 3, imported: 1, interrupted: 2 });
    const href = hrefOfCell({ rows: 'operator', columns: 'bearer', filter }, cell);
    expect(parseRoute(href)).toEqual({
      page: 'runs',
      runId: null,
      filter: { ...filter, operator: 'Vodafone UK', bearer: '∅' },
    });
  });

  test('of a day by that day alone', () => {
    const href = hrefOfCell(
      { rows: 'day', columns: 'profile', filter: { fromDay: '2026-11-01' } },
      cellOf('2026-11-09', 'vodafone-uk', { asExpected: 1 }),
    );
    expect(parseRoute(href)).toMatchObject({
      filter: { fromDay: '2026-11-09', toDay: '2026-11-09', profile: 'vodafone-uk' },
    });
  });

  test('of a share by the live ones, which are what it is made of', () => {
    for (const counts of [{ asExpected: 1, simulated: 9 }, { notAsExpected: 1 }]) {
      const href = hrefOfCell(
        { rows: 'operator', columns: 'bearer', filter: {} },
        cellOf('EE', '5g', counts),
      );
      expect(parseRoute(href)).toMatchObject({ filter: { operator: 'EE', bearer: '5g', origin: 'live' } });
    }
  });
});

test('the last days count today, cross months, and are known again by their first day', () => {
  const today = new Date(2026, 2, 1, 0, 5);
  expect([firstDay(7, today), firstDay(30, today)]).toEqual(['2026-02-23', '2026-01-31']);
  expect(quickOf({ fromDay: '2026-02-23' }, today)).toBe(7);
  expect(quickOf({}, today)).toBe('all');
  expect(quickOf({ fromDay: '2026-02-24' }, today)).toBeNull();
  expect(quickOf({ fromDay: '2026-02-23', toDay: '2026-02-25' }, today)).toBeNull();
});

test('all bars of the latency share one axis that ends at a round number', () => {
  const line = (p50Ms: number, p95Ms: number) => ({ count: 12, p50Ms, p95Ms });
  const reply = { legs: [{ leg: 'token' as const, ...line(300, 1300) }], roles: [] };
  expect(axisEnd(reply)).toBe(2000);
  expect(axisEnd({ legs: [], roles: [{ role: 'gateway', ...line(0, 0) }] })).toBe(1);
  expect(barsOf(line(300, 1300), 2000)).toEqual({ p50: 15, p95: 65 });
});
