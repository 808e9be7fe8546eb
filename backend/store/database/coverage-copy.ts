import type { Selectable } from 'kysely';
import { COVERAGE_DIMENSIONS, type CoverageDimension } from '#protocol/coverage-api.ts';

import { COUNTERS, columnOf } from './cell-columns.ts';
import type { CellRow } from './tables.ts';

/** The counters of a cell lie side by side. */
export const WIDTH = COUNTERS.length;
/** The first of them count each run once, and the very first the finished live ones. */
const ONCE = COUNTERS.indexOf('unexpected_match');
const FINISHED = 2;
const PER_CELL = ['counted', 'finished', 'all', 'found', 'pairs'] as const;

/** Whole numbers within 31 bits, which are added up without a detour. */
type Numbers = Int32Array<ArrayBuffer>;

/** One dimension: which value each cell has, by its place among all values there are. */
export interface Dimension {
  codes: Numbers;
  values: (string | null)[];
}

export type LastRun = Pick<
  Selectable<CellRow>,
  'last_at' | 'last_id' | 'last_verdict' | 'last_leg' | 'last_expected'
>;

/**
 * The cells in memory, column by column, each at a place of its own: adding hundreds of thousands of them up takes
 * milliseconds here. An emptied cell keeps its place, with zeros.
 */
export interface CoverageCopy {
  /** How many places there are. */
  size: number;
  cellNos: number[];
  dimensions: Record<CoverageDimension, Dimension>;
  counts: Numbers;
  /** Of each cell, a bit for each counter that is not 0: most are. */
  counted: Numbers;
  /** Of each cell: finished live runs, and runs of all kinds. */
  finished: Numbers;
  all: Numbers;
  /** Between which times its runs began. */
  firstAt: Float64Array<ArrayBuffer>;
  newestAt: Float64Array<ArrayBuffer>;
  /** When its newest finished live run began; below all times where there is none. */
  lastAt: Float64Array<ArrayBuffer>;
  lasts: LastRun[];
  /** Room for an answer in the making, by place: a new one for each would have the garbage collected ever so often. */
  found: Numbers;
  pairs: Numbers;
}

/** `put` takes rows in, new ones and changed ones. */
export function createCoverageCopy(): {
  copy: CoverageCopy;
  put(rows: readonly Selectable<CellRow>[]): void;
} {
  let room = 1024;
  const placeOfCell = new Map<number, number>();
  const placesOfValues = COVERAGE_DIMENSIONS.map(() => new Map<string | null, number>());
  const dimension = (): Dimension => ({ codes: new Int32Array(room), values: [] });
  const copy: CoverageCopy = {
    size: 0,
    cellNos: [],
    dimensions: Object.fromEntries(
      COVERAGE_DIMENSIONS.map((name) => [name, dimension()]),
    ) as CoverageCopy['dimensions'],
    counts: new Int32Array(room * WIDTH),
    counted: new Int32Array(room),
    finished: new Int32Array(room),
    all: new Int32Array(room),
    firstAt: new Float64Array(room),
    newestAt: new Float64Array(room),
    lastAt: new Float64Array(room),
    lasts: [],
    found: new Int32Array(room),
    pairs: new Int32Array(room),
  };

  const makeRoom = () => {
    room *= 2;
    copy.counts = widened(copy.counts, room * WIDTH);
    for (const name of PER_CELL) copy[name] = widened(copy[name], room);
    for (const one of Object.values(copy.dimensions)) one.codes = widened(one.codes, room);
    for (const name of ['firstAt', 'newestAt', 'lastAt'] as const) {
      const times = new Float64Array(room);
      times.set(copy[name]);
      copy[name] = times;
    }
  };
  const placeOf = (cellNo: number) => {
    const known = placeOfCell.get(cellNo);
    if (known !== undefined) return known;
    if (copy.size === room) makeRoom();
    placeOfCell.set(cellNo, copy.size);
    copy.cellNos.push(cellNo);
    copy.size += 1;
    return copy.size - 1;
  };
  const codeOf = (which: number, { values }: Dimension, value: string | null) => {
    const places = placesOfValues[which] as Map<string | null, number>;
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, values.length);
    values.push(value);
    return values.length - 1;
  };
  const put = (row: Selectable<CellRow>) => {
    const at = placeOf(row.cell_no);
    COVERAGE_DIMENSIONS.forEach((name, which) => {
      const one = copy.dimensions[name];
      one.codes[at] = codeOf(which, one, row[columnOf(name)]);
    });
    let all = 0;
    let counted = 0;
    COUNTERS.forEach((name, which) => {
      copy.counts[at * WIDTH + which] = row[name];
      if (row[name] !== 0) counted |= 1 << which;
      if (which < ONCE) all += row[name];
      if (which === FINISHED - 1) copy.finished[at] = all;
    });
    copy.all[at] = all;
    copy.counted[at] = counted;
    copy.firstAt[at] = row.first_at ?? 0;
    copy.newestAt[at] = row.newest_at ?? 0;
    copy.lastAt[at] = row.last_at ?? Number.NEGATIVE_INFINITY;
    const { last_at, last_id, last_verdict, last_leg, last_expected } = row;
    copy.lasts[at] = { last_at, last_id, last_verdict, last_leg, last_expected };
  };
  return { copy, put: (rows) => rows.forEach(put) };
}

function widened(array: Numbers, length: number): Numbers {
  const wider = new Int32Array(length);
  wider.set(array);
  return wider;
}
