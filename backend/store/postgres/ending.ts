import { CompiledQuery, type Kysely, sql } from 'kysely';
import type { RunEvent } from '#protocol/run-events.ts';

import { COUNTERS } from '../database/cell-columns.ts';
import { ADDED_TO_CELL, cellRowOf, LAST } from '../database/cells.ts';
import type { Fold, KeptFolds } from '../database/kept-folds.ts';
import { columnsOf, endColumns } from '../database/run-columns.ts';
import { POSTGRES } from '../database/sql-dialect.ts';
import type { Tables } from '../database/tables.ts';
import { foldedWith, sharing } from './sharing-batches.ts';

interface End {
  id: string;
  before: Fold;
  events: readonly RunEvent[];
  text: string;
}

/**
 * Ends runs that this process knows, those that end at the same time in one transaction. Runs under the same conditions
 * are counted in one row: one by one, each would wait until the disk has what the one before it did there. False for a
 * run that is not as it was known: nothing was done then.
 */
export function createEnding(
  db: Kysely<Tables>,
  folds: KeptFolds,
): (id: string, text: string) => Promise<boolean> {
  const end = sharing<End>(
    ({ id }) => id,
    async (ends) => {
      const known = ends.map((one) => ({ ...one, ...foldedWith(one.before, one.events) }));
      const columns = new Map(known.map(({ id, run }) => [id, columnsOf(run)]));
      const given = known.map(({ id, before, revision, events, text }) => ({
        ...endColumns(columns.get(id) as ReturnType<typeof columnsOf>),
        ...{
          run_no: before.runNo,
          revision,
          was: before.revision,
          sequence: events[0]?.sequence,
          events: text,
        },
      }));
      const ended = await db.transaction().execute(async (transaction) => {
        const numbers = await change(transaction, given);
        const done = known.filter(({ before }) => numbers.has(before.runNo));
        await count(
          transaction,
          done.map(({ id, before }) => ({
            runNo: before.runNo,
            cell: cellRowOf(id, columns.get(id) as ReturnType<typeof columnsOf>),
          })),
        );
        return numbers;
      });
      for (const { id } of ends) folds.drop(id);
      return (job) => ended.has(job.before.runNo);
    },
  );
  return async (id, text) => {
    const events: RunEvent[] = JSON.parse(text);
    const before = folds.get(id);
    const isKnown =
      before && before.run.phase !== 'ended' && events.every(({ sequence }) => sequence > before.last);
    return isKnown ? end({ id, before, events, text }) : false;
  };
}

const ENDING =
  'phase text, hops integer, expected text, verdict text, failure text, leg text, cause text, duration_ms double precision, timings text, search_text text, revision text';

async function change(
  db: Kysely<Tables>,
  given: readonly (ReturnType<typeof endColumns> & { run_no: number })[],
): Promise<Set<number>> {
  const names = Object.keys(endColumns({} as ReturnType<typeof columnsOf>)).concat('revision');
  const text = `with given as (select * from json_to_recordset($1) as given
      (run_no bigint, was text, sequence integer, events text, ${ENDING})),
    changed as (update runs set ${names.map((name) => `${name} = given.${name}`).join()}
      from given where runs.run_no = given.run_no and runs.revision = given.was returning runs.run_no),
    noted as (insert into run_events (run_no, sequence, events)
      select run_no, sequence, events from changed join given using (run_no))
    select run_no from changed`;
  const { rows } = await db.executeQuery<{ run_no: number }>(
    CompiledQuery.raw(text, [JSON.stringify(given)]),
  );
  return new Set(rows.map(({ run_no }) => run_no));
}

type CellRow = ReturnType<typeof cellRowOf>;

/** Adds them up by cell first, and then each cell once. */
async function count(db: Kysely<Tables>, ended: readonly { runNo: number; cell: CellRow }[]): Promise<void> {
  if (ended.length === 0) return;
  // Two who count in several rows, each in an order of its own, would wait for each other.
  await POSTGRES.oneAtATime(db, 'counting');
  const cells = Map.groupBy(ended, ({ cell }) => cell.cell_key);
  const rows = [...cells.values()].map((its) => added(its.map(({ cell }) => cell)));
  const names = Object.keys(rows[0] ?? {}).join();
  const { rows: counted } = await sql<{ cell_no: number; cell_key: string }>`
    insert into cells (${sql.raw(names)}, stamp) select ${sql.raw(names)}, ${POSTGRES.stamp}
    from json_populate_recordset(null::cells, ${JSON.stringify(rows)}) ${sql.raw(ADDED_TO_CELL)}`.execute(db);
  const notes = counted.flatMap(({ cell_no, cell_key }) =>
    (cells.get(cell_key) ?? []).map(({ runNo }) => ({ run_no: runNo, cell_no })),
  );
  await sql`update runs set cell_no = given.cell_no
    from json_to_recordset(${JSON.stringify(notes)}) as given (run_no bigint, cell_no bigint)
    where runs.run_no = given.run_no`.execute(db);
}

function added([first, ...others]: readonly CellRow[]): CellRow {
  const sum = { ...(first as CellRow) };
  for (const one of others) {
    for (const name of COUNTERS) sum[name] += one[name];
    sum.first_at = Math.min(sum.first_at, one.first_at);
    sum.newest_at = Math.max(sum.newest_at, one.newest_at);
    if (isNewer(one, sum)) for (const name of LAST) Object.assign(sum, { [name]: one[name] });
  }
  return sum;
}

/** As the databases compare them: by when they began, then by id. */
function isNewer(one: CellRow, other: CellRow): boolean {
  if (one.last_at === null || other.last_at === null) return one.last_at !== null;
  return (
    one.last_at > other.last_at ||
    (one.last_at === other.last_at && (one.last_id ?? '') > (other.last_id ?? ''))
  );
}
