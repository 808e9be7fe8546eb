import type { CoverageCell, CoverageDimension } from '#protocol/coverage-api.ts';

import { BEARERS, NO_YES, SHARINGS } from '../../runner/conditions.ts';
import { shareOf } from './share.ts';

/** A value of a row or a column; null where it was not stated. */
export type Value = string | null;

export interface Matrix {
  rows: Value[];
  columns: Value[];
  at: (row: Value, column: Value) => CoverageCell | undefined;
}

/** Values that have an order of their own; all others are in that of their names. */
const LISTED: Partial<Record<CoverageDimension, readonly string[]>> = {
  bearer: BEARERS,
  sharing: SHARINGS,
  roaming: NO_YES,
  vpn: NO_YES,
};

/** As people sort: `Device 2` before `Device 10`. */
const inOrder = new Intl.Collator('en', { numeric: true });

type NameOf = (dimension: CoverageDimension, value: Value) => string;

/** The cells of an answer as rows and columns. Days come the newest first, and what was not stated comes last. */
export function matrixOf(
  cells: readonly CoverageCell[],
  of: { rows: CoverageDimension; columns: CoverageDimension },
  nameOf: NameOf,
): Matrix {
  const keyed = new Map(cells.map((cell) => [keyOf(cell.row, cell.column), cell]));
  return {
    rows: ordered(
      cells.map(({ row }) => row),
      of.rows,
      nameOf,
    ),
    columns: ordered(
      cells.map(({ column }) => column),
      of.columns,
      nameOf,
    ),
    at: (row, column) => keyed.get(keyOf(row, column)),
  };
}

function keyOf(row: Value, column: Value): string {
  return JSON.stringify([row, column]);
}

function ordered(values: Value[], dimension: CoverageDimension, nameOf: NameOf): Value[] {
  const listed = LISTED[dimension] ?? [];
  const placeOf = (value: string) => (listed.includes(value) ? listed.indexOf(value) : listed.length);
  return [...new Set(values)].sort((a, b) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (dimension === 'day') return a < b ? 1 : -1;
    return (
      placeOf(a) - placeOf(b) ||
      inOrder.compare(nameOf(dimension, a), nameOf(dimension, b)) ||
      (a < b ? -1 : 1)
    );
  });
}

/** The finished live runs of a row; of its columns that are shown. */
export function finishedIn({ columns, at }: Matrix, row: Value): number {
  return columns.reduce((sum, column) => {
    const cell = at(row, column);
    return sum + (cell ? (shareOf(cell)?.of ?? 0) : 0);
  }, 0);
}
