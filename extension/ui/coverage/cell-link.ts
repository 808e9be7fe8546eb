import { NOT_STATED } from '#protocol/condition-names.ts';
import type { CoverageDimension, CoverageFilter } from '#protocol/coverage-api.ts';

import { hrefOf } from '../inspector/route.ts';
import type { Value } from './matrix.ts';

export interface Question {
  rows: CoverageDimension;
  columns: CoverageDimension;
  filter: CoverageFilter;
}

/** The page with the runs that a cell counts. */
export function hrefOfCell({ rows, columns, filter }: Question, row: Value, column: Value): string {
  const narrowed = { ...filter, ...partOf(rows, row), ...partOf(columns, column) };
  return hrefOf({ page: 'runs', runId: null, filter: narrowed });
}

function partOf(dimension: CoverageDimension, value: Value): CoverageFilter {
  const given = value ?? NOT_STATED;
  return dimension === 'day' ? { fromDay: given, toDay: given } : { [dimension]: given };
}
