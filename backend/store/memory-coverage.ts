import type {
  CoverageCell,
  CoverageCounts,
  CoverageDimension,
  CoverageQuery,
  CoverageReply,
} from '#protocol/coverage-api.ts';
import { MATRIX_LIMIT } from '#protocol/coverage-api.ts';
import type { RunSummary } from '#protocol/history-api.ts';

const NOTHING: CoverageCounts = {
  asExpected: 0,
  notAsExpected: 0,
  unexpectedMatch: 0,
  stoppedAt: { authorize: 0, token: 0, premiuminfo: 0 },
  interrupted: 0,
  cancelled: 0,
  unknown: 0,
  simulated: 0,
  imported: 0,
};

/** The matrix of lines that the filter let through, counted anew each time: what kept numbers have to come to as well. */
export function recount(lines: readonly RunSummary[], { rows, columns }: CoverageQuery): CoverageReply {
  const ended = lines.filter(({ phase }) => phase === 'ended');
  const keptRows = busiest(ended, rows, MATRIX_LIMIT.rows);
  const keptColumns = busiest(ended, columns, MATRIX_LIMIT.columns);
  const pairs = Map.groupBy(ended, (line) =>
    JSON.stringify([dimensionOf(line, rows), dimensionOf(line, columns)]),
  );
  const cells = [...pairs].flatMap(([pair, its]) => {
    const [row, column] = JSON.parse(pair) as [string | null, string | null];
    if (!keptRows.values.has(row) || !keptColumns.values.has(column)) return [];
    return { row, column, ...countsOf(its), last: lastOf(its) };
  });
  return {
    cells,
    total: countsOf(ended),
    leftOut: { rows: keptRows.leftOut, columns: keptColumns.leftOut },
  };
}

function busiest(lines: readonly RunSummary[], dimension: CoverageDimension, limit: number) {
  const groups = [...Map.groupBy(lines, (line) => dimensionOf(line, dimension))].map(([value, its]) => ({
    value,
    finished: its.filter(isFinishedLive).length,
    all: its.length,
  }));
  const sorted = groups.toSorted(
    (a, b) => b.finished - a.finished || b.all - a.all || ((a.value ?? '') < (b.value ?? '') ? -1 : 1),
  );
  const values = new Set(sorted.slice(0, limit).map(({ value }) => value));
  return { values, leftOut: sorted.length - values.size };
}

function countsOf(lines: readonly RunSummary[]): CoverageCounts {
  const counts = structuredClone(NOTHING);
  for (const { origin, verdict, expected, leg } of lines) {
    if (origin === 'simulated') counts.simulated += 1;
    else if (origin !== 'live') counts.imported += 1;
    else if (verdict === 'interrupted' || verdict === 'cancelled' || verdict === 'unknown')
      counts[verdict] += 1;
    else if (expected === 'inconclusive') counts.interrupted += 1;
    else if (expected === 'as_expected') counts.asExpected += 1;
    else {
      counts.notAsExpected += 1;
      if (verdict === 'match') counts.unexpectedMatch += 1;
      if (leg) counts.stoppedAt[leg] += 1;
    }
  }
  return counts;
}

function lastOf(lines: readonly RunSummary[]): CoverageCell['last'] {
  const [last] = lines
    .filter(isFinishedLive)
    .toSorted((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
  if (last?.verdict !== 'match' && last?.verdict !== 'no_match' && last?.verdict !== 'failed') return null;
  const { startedAt, verdict, leg, expected } = last;
  return { at: startedAt, verdict, leg, asExpected: expected === 'as_expected' };
}

export function isFinishedLive({ origin, expected }: Pick<RunSummary, 'origin' | 'expected'>): boolean {
  return origin === 'live' && (expected === 'as_expected' || expected === 'not_as_expected');
}

function dimensionOf(line: RunSummary, dimension: CoverageDimension): string | null {
  if (dimension === 'profile') return line.profileId;
  return dimension === 'day' ? line.localDay : (line.conditions[dimension] ?? null);
}
