import * as z from 'zod/mini';

import { type CoverageCell, CoverageCounts, type CoverageReply } from './coverage-api.ts';
import { LegName } from './leg.ts';

const ints = z.array(z.int().check(z.minimum(0)));
const lastOf = <T extends z.core.SomeType>(what: T) => z.array(z.nullable(what));

/** The cells, value by value: the first of every list belong to one cell, the second of every list to the next. */
const Cells = z.object({
  /** Where its row and its column stand among `rows` and `columns`. */
  row: ints,
  column: ints,
  /** As in `CoverageCounts`. */
  asExpected: ints,
  notAsExpected: ints,
  unexpectedMatch: ints,
  stoppedAtAuthorize: ints,
  stoppedAtToken: ints,
  stoppedAtPremiuminfo: ints,
  interrupted: ints,
  cancelled: ints,
  unknown: ints,
  simulated: ints,
  imported: ints,
  /** The newest finished live run; null in all four where there is none, and for the leg of one that stopped at none. */
  lastAt: lastOf(z.int()),
  lastVerdict: lastOf(z.enum(['match', 'no_match', 'failed'])),
  lastLeg: lastOf(LegName),
  lastAsExpected: lastOf(z.boolean()),
});

/**
 * The answer to GET /v1/coverage: what `CoverageReply` says, in a form that takes a backend a few milliseconds also for
 * thousands of cells, and a phone a sixth of the bytes.
 */
export const CoverageTable = z.object({
  rows: z.array(z.nullable(z.string())),
  columns: z.array(z.nullable(z.string())),
  cells: Cells,
  total: CoverageCounts,
  leftOut: z.object({ rows: z.int(), columns: z.int() }),
});
export type CoverageTable = z.infer<typeof CoverageTable>;

/** Lists of different lengths are a backend's mistake; what is missing reads as nothing. */
export function readTable({ rows, columns, cells: all, total, leftOut }: CoverageTable): CoverageReply {
  const count = (list: readonly number[], at: number) => list[at] ?? 0;
  const cells = all.row.map((row, at): CoverageCell => {
    const lastAt = all.lastAt[at] ?? null;
    const verdict = all.lastVerdict[at] ?? null;
    return {
      row: rows[row] ?? null,
      column: columns[count(all.column, at)] ?? null,
      asExpected: count(all.asExpected, at),
      notAsExpected: count(all.notAsExpected, at),
      unexpectedMatch: count(all.unexpectedMatch, at),
      stoppedAt: {
        authorize: count(all.stoppedAtAuthorize, at),
        token: count(all.stoppedAtToken, at),
        premiuminfo: count(all.stoppedAtPremiuminfo, at),
      },
      interrupted: count(all.interrupted, at),
      cancelled: count(all.cancelled, at),
      unknown: count(all.unknown, at),
      simulated: count(all.simulated, at),
      imported: count(all.imported, at),
      last:
        lastAt === null || verdict === null
          ? null
          : {
              ...{ at: lastAt, verdict, leg: all.lastLeg[at] ?? null },
              asExpected: all.lastAsExpected[at] ?? false,
            },
    };
  });
  return { cells, total, leftOut };
}

/** An empty one, to be filled cell by cell. */
export function emptyCells(): CoverageTable['cells'] {
  const names = Object.keys(Cells.shape) as (keyof CoverageTable['cells'])[];
  return Object.fromEntries(names.map((name) => [name, []])) as unknown as CoverageTable['cells'];
}

/** The same as a table. */
export function tableOf({ cells, total, leftOut }: CoverageReply): CoverageTable {
  const rows = [...new Set(cells.map(({ row }) => row))];
  const columns = [...new Set(cells.map(({ column }) => column))];
  const table = emptyCells();
  for (const cell of cells) {
    table.row.push(rows.indexOf(cell.row));
    table.column.push(columns.indexOf(cell.column));
    pushCounts(table, cell);
    pushLast(table, cell.last);
  }
  return { rows, columns, cells: table, total, leftOut };
}

export function pushCounts(table: CoverageTable['cells'], counts: CoverageCounts): void {
  const { stoppedAt } = counts;
  table.asExpected.push(counts.asExpected);
  table.notAsExpected.push(counts.notAsExpected);
  table.unexpectedMatch.push(counts.unexpectedMatch);
  table.stoppedAtAuthorize.push(stoppedAt.authorize);
  table.stoppedAtToken.push(stoppedAt.token);
  table.stoppedAtPremiuminfo.push(stoppedAt.premiuminfo);
  table.interrupted.push(counts.interrupted);
  table.cancelled.push(counts.cancelled);
  table.unknown.push(counts.unknown);
  table.simulated.push(counts.simulated);
  table.imported.push(counts.imported);
}

export function pushLast(table: CoverageTable['cells'], last: CoverageCell['last']): void {
  table.lastAt.push(last?.at ?? null);
  table.lastVerdict.push(last?.verdict ?? null);
  table.lastLeg.push(last?.leg ?? null);
  table.lastAsExpected.push(last?.asExpected ?? null);
}
