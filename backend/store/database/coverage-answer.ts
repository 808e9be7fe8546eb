import { NOT_STATED } from '#protocol/condition-names.ts';
import {
  COVERAGE_DIMENSIONS,
  type CoverageCell,
  type CoverageDimension,
  type CoverageFilter,
  type CoverageQuery,
  MATRIX_LIMIT,
} from '#protocol/coverage-api.ts';
import { type CoverageTable, emptyCells, pushCounts, pushLast } from '#protocol/coverage-table.ts';

import type { LegName } from '#protocol/leg.ts';

import { countsFrom } from './cell-columns.ts';
import { type CoverageCopy, type Dimension, type LastRun, WIDTH } from './coverage-copy.ts';

/*
 * These loops go over every cell there is, so they read and write typed arrays and call nothing.
 */

/** The places of the cells that a filter lets through and that have a run; theirs until the next question. */
export function cellsWithin(copy: CoverageCopy, filter: CoverageFilter): Int32Array {
  const { all, size, found } = copy;
  let count = 0;
  for (let at = 0; at < size; at += 1) if (all[at] !== 0) found[count++] = at;
  for (const name of COVERAGE_DIMENSIONS) {
    const passes = testOf(name, filter);
    if (!passes) continue;
    const { codes, values } = copy.dimensions[name];
    const passing = Uint8Array.from(values, (value) => Number(passes(value)));
    let kept = 0;
    for (let place = 0; place < count; place += 1) {
      const at = found[place] as number;
      if (passing[codes[at] as number] === 1) found[kept++] = at;
    }
    count = kept;
  }
  return found.subarray(0, count);
}

/** The matrix, from the copy as it is. */
export function answerFrom(copy: CoverageCopy, query: CoverageQuery): CoverageTable {
  const { rows, columns, ...filter } = query;
  const cells = cellsWithin(copy, filter);
  const down = busiest(copy, copy.dimensions[rows], cells, MATRIX_LIMIT.rows);
  const along = busiest(copy, copy.dimensions[columns], cells, MATRIX_LIMIT.columns);
  const pairs = down.values.length * along.values.length;
  const pairOfCell = pairOf(copy, down, along, cells);
  const sums = sumsOf(copy, cells, pairOfCell, pairs);
  const newest = newestOf(copy, cells, pairOfCell, pairs);

  const shown = emptyCells();
  for (let pair = 0; pair < pairs; pair += 1) {
    const last = newest[pair] as number;
    if (last < 0) continue;
    shown.row.push(Math.floor(pair / along.values.length));
    shown.column.push(pair % along.values.length);
    pushCounts(shown, countsFrom(sums, pair * WIDTH));
    pushLast(shown, lastOf(copy.lasts[last]));
  }
  const total = new Float64Array(WIDTH);
  for (let at = 0; at < sums.length; at += 1)
    total[at % WIDTH] = (total[at % WIDTH] as number) + (sums[at] as number);
  return {
    rows: down.values,
    columns: along.values,
    cells: shown,
    total: countsFrom(total),
    leftOut: { rows: down.leftOut, columns: along.leftOut },
  };
}

interface Kept {
  codes: Int32Array;
  values: (string | null)[];
  /** By code: the place of the value in the answer, or -1. */
  slots: Int32Array;
  leftOut: number;
}

/** The values with the most finished runs, then with the most runs, then by name. */
function busiest(copy: CoverageCopy, { codes, values }: Dimension, cells: Int32Array, limit: number): Kept {
  const finished = new Int32Array(values.length);
  const all = new Int32Array(values.length);
  const { finished: finishedOf, all: allOf } = copy;
  for (let place = 0; place < cells.length; place += 1) {
    const at = cells[place] as number;
    const code = codes[at] as number;
    finished[code] = ((finished[code] as number) + (finishedOf[at] as number)) | 0;
    all[code] = ((all[code] as number) + (allOf[at] as number)) | 0;
  }
  const nameOf = (code: number) => values[code] ?? '';
  const of = (numbers: Int32Array, code: number) => numbers[code] as number;
  const sorted = [...values.keys()]
    .filter((code) => of(all, code) > 0)
    .sort(
      (a, b) =>
        of(finished, b) - of(finished, a) || of(all, b) - of(all, a) || (nameOf(a) < nameOf(b) ? -1 : 1),
    );
  const kept = sorted.slice(0, limit);
  const slots = new Int32Array(values.length).fill(-1);
  kept.forEach((code, slot) => {
    slots[code] = slot;
  });
  return {
    codes,
    slots,
    values: kept.map((code) => values[code] ?? null),
    leftOut: sorted.length - kept.length,
  };
}

/** Of each cell: which pair of the answer it belongs to, or the one behind the last. */
function pairOf({ pairs }: CoverageCopy, down: Kept, along: Kept, cells: Int32Array): Int32Array {
  const width = along.values.length;
  const outside = down.values.length * width;
  const { codes: rows, slots: rowSlots } = down;
  const { codes: columns, slots: columnSlots } = along;
  for (let place = 0; place < cells.length; place += 1) {
    const at = cells[place] as number;
    const row = rowSlots[rows[at] as number] as number;
    const column = columnSlots[columns[at] as number] as number;
    pairs[place] = row < 0 || column < 0 ? outside : row * width + column;
  }
  return pairs;
}

/** What each pair has, with one more for all that lies in a row or a column left out. */
function sumsOf(
  { counts, counted }: CoverageCopy,
  cells: Int32Array,
  pairs: Int32Array,
  outside: number,
): Int32Array {
  const sums = new Int32Array((outside + 1) * WIDTH);
  for (let place = 0; place < cells.length; place += 1) {
    const at = cells[place] as number;
    const from = at * WIDTH;
    const to = (pairs[place] as number) * WIDTH;
    for (let left = counted[at] as number; left !== 0; left &= left - 1) {
      const which = 31 - Math.clz32(left & -left);
      sums[to + which] = ((sums[to + which] as number) + (counts[from + which] as number)) | 0;
    }
  }
  return sums;
}

/** Of each pair: the place of the cell with its last run; -1 where there is no cell. */
function newestOf(
  { lastAt, lasts }: CoverageCopy,
  cells: Int32Array,
  pairs: Int32Array,
  outside: number,
): Int32Array {
  const newest = new Int32Array(outside + 1).fill(-1);
  const newestAt = new Float64Array(outside + 1);
  for (let place = 0; place < cells.length; place += 1) {
    const at = cells[place] as number;
    const pair = pairs[place] as number;
    const time = lastAt[at] as number;
    const best = newest[pair] as number;
    const later = best < 0 ? 1 : time - (newestAt[pair] as number);
    if (later > 0 || (later === 0 && (lasts[at]?.last_id ?? '') > (lasts[best]?.last_id ?? ''))) {
      newest[pair] = at;
      newestAt[pair] = time;
    }
  }
  return newest;
}

function testOf(name: CoverageDimension, filter: CoverageFilter): ((value: string | null) => boolean) | null {
  if (name === 'day') {
    const { fromDay, toDay } = filter;
    if (fromDay === undefined && toDay === undefined) return null;
    return (day) =>
      day !== null && (fromDay === undefined || day >= fromDay) && (toDay === undefined || day <= toDay);
  }
  const wanted = filter[name];
  if (wanted === undefined) return null;
  const value = wanted === NOT_STATED && name !== 'profile' ? null : wanted;
  return (one) => one === value;
}

type Finished = NonNullable<CoverageCell['last']>['verdict'];

function lastOf(run: LastRun | undefined): CoverageCell['last'] {
  if (!run || run.last_at === null) return null;
  // The columns hold what `lastOf` in cells.ts put there.
  const { last_verdict: verdict, last_leg: leg } = run as {
    last_verdict: Finished;
    last_leg: LegName | null;
  };
  return { at: run.last_at, verdict, leg, asExpected: run.last_expected === 1 };
}
