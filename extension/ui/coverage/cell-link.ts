import { NOT_STATED } from '#protocol/condition-names.ts';
import type { CoverageCell, CoverageDimension, CoverageFilter } from '#protocol/coverage-api.ts';

import { hrefOf } from '../inspector/route.ts';
import type { Value } from './matrix.ts';
import { shareOf } from './share.ts';

export interface Question {
  rows: CoverageDimension;
  columns: CoverageDimension;
  filter: CoverageFilter;
}

/** The page with the runs that a cell counts: the live ones where they make a share, else all there are. */
export function hrefOfCell({ rows, columns, filter }: Question, cell: CoverageCell): string {
  const narrowed = { ...filter, ...partOf(rows, cell.row), ...partOf(columns, cell.column) };
  const origin = shareOf(cell) ? { origin: 'live' as const } : {};
  return hrefOf({ page: 'runs', runId: null, filter: { ...narrowed, ...origin } });
}

function partOf(dimension: CoverageDimension, value: Value): CoverageFilter {
  const given = value ?? NOT_STATED;
  return dimension === 'day' ? { fromDay: given, toDay: given } : { [dimension]: given };
}
