import { hash } from 'node:crypto';
import { CONDITION_NAMES } from '#protocol/condition-names.ts';
import { COVERAGE_DIMENSIONS, type CoverageCounts, type CoverageDimension } from '#protocol/coverage-api.ts';

/** What a cell counts; each run stands in one of the first, and a run that went otherwise than expected in up to two more. */
export const COUNTERS = [
  ...([
    'as_expected',
    'not_as_expected',
    'interrupted',
    'cancelled',
    'unknown',
    'simulated',
    'imported',
  ] as const),
  ...(['unexpected_match', 'stopped_authorize', 'stopped_token', 'stopped_premiuminfo'] as const),
] as const;
export type Counter = (typeof COUNTERS)[number];

/** The dimensions, in the order in which the protocol names them, as columns of runs and cells. */
export const DIMENSION_COLUMNS = [...CONDITION_NAMES, 'profile_id', 'local_day'] as const;
export type DimensionColumn = (typeof DIMENSION_COLUMNS)[number];

export function columnOf(dimension: CoverageDimension): DimensionColumn {
  return DIMENSION_COLUMNS[COVERAGE_DIMENSIONS.indexOf(dimension)] as DimensionColumn;
}

/** As the columns of `runs` have it. */
type Ended = { origin: string } & Record<'verdict' | 'expected' | 'leg', string | null>;

/** Where an ended run is counted. */
export function countersOf({ origin, verdict, expected, leg }: Ended): Counter[] {
  if (origin === 'simulated') return ['simulated'];
  if (origin !== 'live') return ['imported'];
  if (verdict === 'interrupted' || verdict === 'cancelled' || verdict === 'unknown') return [verdict];
  if (expected === 'inconclusive') return ['interrupted'];
  if (expected === 'as_expected') return ['as_expected'];
  return [
    'not_as_expected',
    ...(verdict === 'match' ? (['unexpected_match'] as const) : []),
    ...(leg ? [`stopped_${leg}` as Counter] : []),
  ];
}

/** The counters as an answer names them; `numbers` in the order of `COUNTERS`. */
export function countsFrom(numbers: ArrayLike<number>, from = 0): CoverageCounts {
  const of = (name: Counter) => numbers[from + COUNTERS.indexOf(name)] ?? 0;
  return {
    asExpected: of('as_expected'),
    notAsExpected: of('not_as_expected'),
    unexpectedMatch: of('unexpected_match'),
    stoppedAt: {
      authorize: of('stopped_authorize'),
      token: of('stopped_token'),
      premiuminfo: of('stopped_premiuminfo'),
    },
    interrupted: of('interrupted'),
    cancelled: of('cancelled'),
    unknown: of('unknown'),
    simulated: of('simulated'),
    imported: of('imported'),
  };
}

/** Names the cell of these values: eleven texts of any length are more than an index takes. */
export function cellKeyOf(values: Record<DimensionColumn, string | null>): string {
  return hash('sha256', JSON.stringify(DIMENSION_COLUMNS.map((name) => values[name])), 'base64url');
}
