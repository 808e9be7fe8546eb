import { type Kysely, sql } from 'kysely';

import { COUNTERS, type Counter, cellKeyOf, countersOf, DIMENSION_COLUMNS } from './cell-columns.ts';
import { runKnown } from './known-statement.ts';
import type { columnsOf } from './run-columns.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { CellRow, Tables } from './tables.ts';
import { insertRows } from './write-rows.ts';

/** What of a run that is gone says where it was counted. */
export const COUNTED_COLUMNS = ['id', 'cell_no', 'origin', 'verdict', 'expected', 'leg'] as const;
type Counted = Pick<Tables['runs'], (typeof COUNTED_COLUMNS)[number]>;
type Columns = ReturnType<typeof columnsOf>;

export const LAST = ['last_at', 'last_id', 'last_verdict', 'last_leg', 'last_expected'] as const;
const NEWER = `excluded.last_at is not null and (cells.last_at is null
  or (excluded.last_at, excluded.last_id) > (cells.last_at, cells.last_id))`;
/** One statement, whatever the run came to. */
export const ADDED_TO_CELL = `on conflict (cell_key) do update set ${[
  ...COUNTERS.map((name) => `${name} = cells.${name} + excluded.${name}`),
  ...LAST.map((name) => `${name} = case when ${NEWER} then excluded.${name} else cells.${name} end`),
  'first_at = case when excluded.first_at < cells.first_at then excluded.first_at else cells.first_at end',
  'newest_at = case when excluded.newest_at > cells.newest_at then excluded.newest_at else cells.newest_at end',
  'stamp = excluded.stamp',
].join()} returning cell_no, cell_key`;
export const NO_LAST = {
  last_at: null,
  last_id: null,
  last_verdict: null,
  last_leg: null,
  last_expected: null,
};
const EMPTY = {
  ...{ cell_key: null, first_at: null, newest_at: null },
  ...(Object.fromEntries(DIMENSION_COLUMNS.map((name) => [name, null])) as Pick<
    CellRow,
    (typeof DIMENSION_COLUMNS)[number]
  >),
  ...NO_LAST,
};

/** Counts a run that has just ended in its cell, and notes in the run which that is. */
export async function countRun(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  { id, runNo }: { id: string; runNo: number },
  columns: Columns,
): Promise<void> {
  const row = { ...cellRowOf(id, columns), stamp: dialect.stamp };
  const [cell] = await insertRows<{ cell_no: number }>(db, 'cells', [row], ADDED_TO_CELL);
  if (!cell) throw new TypeError('A run that ends is counted in some cell');
  const note = () => db.updateTable('runs').set({ cell_no: 0 }).where('run_no', '=', 0).compile().sql;
  await runKnown(db, 'counted', note, [cell.cell_no, runNo]);
}

/** The cell of one run, as if it were the only one there. */
export function cellRowOf(id: string, columns: Columns) {
  const dimensions = Object.fromEntries(
    DIMENSION_COLUMNS.map((name) => [name, columns[name]]),
  ) as typeof EMPTY;
  const counters = countersOf(columns);
  return {
    ...dimensions,
    ...(Object.fromEntries(COUNTERS.map((name) => [name, counters.includes(name) ? 1 : 0])) as Record<
      Counter,
      number
    >),
    ...{ first_at: columns.started_at, newest_at: columns.started_at },
    ...(columns.timings === null ? NO_LAST : lastOf({ ...columns, id })),
    cell_key: cellKeyOf(dimensions),
  };
}

/** Takes runs that are deleted by now out of their cells. Always in one order, so that two who do so wait for each other at most. */
export async function uncountRuns(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  gone: readonly Counted[],
): Promise<void> {
  if (gone.length > 0) await dialect.oneAtATime(db, 'counting');
  const byCell = [...Map.groupBy(gone, ({ cell_no }) => cell_no)].toSorted(([a], [b]) => (a ?? 0) - (b ?? 0));
  for (const [cellNo, runs] of byCell) {
    if (cellNo === null) continue;
    const counted = runs.flatMap(countersOf);
    const left = await db
      .updateTable('cells')
      .set(
        Object.fromEntries([
          ...COUNTERS.map((name) => [
            name,
            sql`${sql.ref(name)} - ${counted.filter((one) => one === name).length}`,
          ]),
          ['stamp', dialect.stamp],
        ]),
      )
      .where('cell_no', '=', cellNo)
      .returning([...COUNTERS, 'last_id'])
      .executeTakeFirstOrThrow();
    const isEmpty = COUNTERS.every((name) => left[name] === 0);
    const lostItsLast = runs.some(({ id }) => id === left.last_id);
    if (!isEmpty && !lostItsLast) continue;
    await db
      .updateTable('cells')
      .set(isEmpty ? EMPTY : await newestIn(db, cellNo))
      .where('cell_no', '=', cellNo)
      .execute();
  }
}

/**
 * Removes the cells that were emptied. Only where nobody has a copy yet: one that has not heard of the emptying would
 * count those runs for ever. Backends that share a database never know that of each other, so there they stay.
 */
export async function removeEmptied(db: Kysely<Tables>): Promise<void> {
  await db.deleteFrom('cells').where('cell_key', 'is', null).execute();
}

async function newestIn(db: Kysely<Tables>, cellNo: number) {
  const newest = await db
    .selectFrom('runs')
    .select(['id', 'started_at', 'verdict', 'leg', 'expected'])
    .where('cell_no', '=', cellNo)
    .where('timings', 'is not', null)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest ? lastOf(newest) : NO_LAST;
}

export function lastOf(run: Pick<Tables['runs'], 'id' | 'started_at' | 'verdict' | 'leg' | 'expected'>) {
  return {
    last_at: run.started_at,
    last_id: run.id,
    last_verdict: run.verdict,
    last_leg: run.leg,
    last_expected: run.expected === 'as_expected' ? 1 : 0,
  };
}
