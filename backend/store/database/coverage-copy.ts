import type { Selectable } from 'kysely';
import {
  COVERAGE_DIMENSIONS,
  CoverageCell,
  type CoverageDimension,
  type CoverageFilter,
  type CoverageQuery,
  type CoverageReply,
  MATRIX_LIMIT,
} from '#protocol/coverage-api.ts';
import { NOT_STATED } from '#protocol/history-api.ts';

import { COUNTERS, columnOf, countsFrom } from './cell-columns.ts';
import type { CellRow } from './tables.ts';

/** The cells in memory, column by column: adding hundreds of thousands of them up takes milliseconds here. */
export interface CoverageCopy {
  /** Takes rows in, new ones and changed ones. */
  put(rows: readonly Selectable<CellRow>[]): void;
  answer(query: CoverageQuery): CoverageReply;
}

/** One dimension: which value each cell has, by its place among all values there are. */
interface Column {
  codes: Uint32Array<ArrayBuffer>;
  values: (string | null)[];
  places: Map<string | null, number>;
}

interface Last {
  id: string;
  shown: NonNullable<CoverageCell['last']>;
}

const WIDTH = COUNTERS.length;
/** The first counters count each run once; the very first are the finished live ones. */
const ONCE = COUNTERS.indexOf('unexpected_match');
const FINISHED = 2;
const LastSchema = CoverageCell.shape.last;

export function createCoverageCopy(): CoverageCopy {
  const positions = new Map<number, number>();
  const lasts: (Last | null)[] = [];
  let room = 1024;
  let counts = new Uint32Array(room * WIDTH);
  const columns = Object.fromEntries(
    COVERAGE_DIMENSIONS.map((name) => [
      name,
      { codes: new Uint32Array(room), values: [], places: new Map() },
    ]),
  ) as unknown as Record<CoverageDimension, Column>;

  const makeRoom = () => {
    room *= 2;
    counts = widened(counts, room * WIDTH);
    for (const column of Object.values(columns)) column.codes = widened(column.codes, room);
  };
  const put = (row: Selectable<CellRow>) => {
    const at = positions.get(row.cell_no) ?? positions.size;
    if (at === room) makeRoom();
    positions.set(row.cell_no, at);
    for (const name of COVERAGE_DIMENSIONS) {
      const column = columns[name];
      column.codes[at] = placeOf(column, row[columnOf(name)]);
    }
    COUNTERS.forEach((name, which) => {
      counts[at * WIDTH + which] = row[name];
    });
    lasts[at] = lastOf(row);
  };
  /** How many runs a cell has among the first counters. */
  const sum = (at: number, counters: number) => {
    let runs = 0;
    for (let which = 0; which < counters; which += 1) runs += counts[at * WIDTH + which] ?? 0;
    return runs;
  };
  const found = (filter: CoverageFilter): number[] => {
    const tests = COVERAGE_DIMENSIONS.flatMap((name) => {
      const passes = testOf(name, filter);
      return passes ? [{ codes: columns[name].codes, passes: columns[name].values.map(passes) }] : [];
    });
    const its: number[] = [];
    for (let at = 0; at < positions.size; at += 1) {
      if (tests.every(({ codes, passes }) => passes[codes[at] ?? 0]) && sum(at, ONCE) > 0) its.push(at);
    }
    return its;
  };
  /** The values with the most runs, and which place each has in the answer. */
  const busiest = ({ codes, values }: Column, cells: readonly number[], limit: number) => {
    const finished = new Float64Array(values.length);
    const all = new Float64Array(values.length);
    for (const at of cells) {
      const code = codes[at] ?? 0;
      finished[code] = (finished[code] ?? 0) + sum(at, FINISHED);
      all[code] = (all[code] ?? 0) + sum(at, ONCE);
    }
    const of = (numbers: Float64Array, code: number) => numbers[code] ?? 0;
    const sorted = [...values.keys()]
      .filter((code) => of(all, code) > 0)
      .sort(
        (a, b) =>
          of(finished, b) - of(finished, a) ||
          of(all, b) - of(all, a) ||
          ((values[a] ?? '') < (values[b] ?? '') ? -1 : 1),
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
  };

  return {
    put: (rows) => rows.forEach(put),
    answer({ rows, columns: across, ...filter }) {
      const cells = found(filter);
      const down = busiest(columns[rows], cells, MATRIX_LIMIT.rows);
      const along = busiest(columns[across], cells, MATRIX_LIMIT.columns);
      const total = new Float64Array(WIDTH);
      const sums = new Float64Array(down.values.length * along.values.length * WIDTH);
      const newest: (Last | null)[] = [];
      for (const at of cells) {
        const [row, column] = [
          down.slots[down.codes[at] ?? 0] ?? -1,
          along.slots[along.codes[at] ?? 0] ?? -1,
        ];
        const pair = row < 0 || column < 0 ? -1 : row * along.values.length + column;
        for (let which = 0; which < WIDTH; which += 1) {
          const runs = counts[at * WIDTH + which] ?? 0;
          total[which] = (total[which] ?? 0) + runs;
          if (pair >= 0) sums[pair * WIDTH + which] = (sums[pair * WIDTH + which] ?? 0) + runs;
        }
        if (pair >= 0) newest[pair] = newerOf(newest[pair] ?? null, lasts[at] ?? null);
      }
      return {
        cells: down.values.flatMap((row, i) =>
          along.values.flatMap((column, j) => {
            const pair = i * along.values.length + j;
            // Nothing was put there, not even a cell without a last run.
            if (!(pair in newest)) return [];
            const last = newest[pair]?.shown ?? null;
            return { row, column, ...countsFrom(sums, pair * WIDTH), last };
          }),
        ),
        total: countsFrom(total),
        leftOut: { rows: down.leftOut, columns: along.leftOut },
      };
    },
  };
}

function testOf(name: CoverageDimension, filter: CoverageFilter): ((value: string | null) => boolean) | null {
  if (name === 'day') {
    const { fromDay = '', toDay = '￿' } = filter;
    return fromDay === '' && toDay === '￿' ? null : (day) => day !== null && day >= fromDay && day <= toDay;
  }
  const wanted = filter[name];
  if (wanted === undefined) return null;
  const value = wanted === NOT_STATED && name !== 'profile' ? null : wanted;
  return (one) => one === value;
}

function placeOf({ values, places }: Column, value: string | null): number {
  const known = places.get(value);
  if (known !== undefined) return known;
  places.set(value, values.length);
  values.push(value);
  return values.length - 1;
}

function lastOf(row: Selectable<CellRow>): Last | null {
  if (row.last_at === null || row.last_id === null) return null;
  const shown = LastSchema.parse({
    at: row.last_at,
    verdict: row.last_verdict,
    leg: row.last_leg,
    asExpected: row.last_expected === 1,
  });
  return shown && { id: row.last_id, shown };
}

function newerOf(a: Last | null, b: Last | null): Last | null {
  if (!a || !b) return a ?? b;
  return b.shown.at > a.shown.at || (b.shown.at === a.shown.at && b.id > a.id) ? b : a;
}

function widened(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(length);
  wider.set(array);
  return wider;
}
