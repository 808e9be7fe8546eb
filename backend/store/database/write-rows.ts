import type { Kysely } from 'kysely';

import { runKnown, type Value } from './known-statement.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

type Row = Readonly<Record<string, Value>>;
type Changes = Partial<Record<keyof Tables['runs'], string | number | null>>;

/**
 * Puts rows in that have the same members, each a value or an expression that is always the same. `ending` is SQL that
 * both databases know.
 */
export function insertRows<R = unknown>(
  db: Kysely<Tables>,
  table: 'runs' | 'run_events' | 'cells',
  rows: readonly Row[],
  ending = '',
): Promise<R[]> {
  const names = Object.keys(rows[0] ?? {});
  const build = () => {
    const insert = db.insertInto(table).values(rows as never);
    return `${insert.compile().sql} ${ending}`;
  };
  const values = rows.flatMap((row) => names.map((name) => row[name] as Value));
  return runKnown(db, `${table} ${names.join()} ${rows.length} ${ending}`, build, values);
}

/** Puts a run in with its first events; null if its id is taken. */
export async function insertRun(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  row: Row,
  { sequence, events }: AddedEvents,
): Promise<number | null> {
  const made = 'on conflict (id) do nothing returning run_no';
  if (!dialect.writesInOne) {
    const [inserted] = await insertRows<{ run_no: number }>(db, 'runs', [row], made);
    if (!inserted) return null;
    await insertRows(db, 'run_events', [{ run_no: inserted.run_no, sequence, events }]);
    return inserted.run_no;
  }
  const build = () => {
    const { sql: insert, parameters } = db
      .insertInto('runs')
      .values(row as never)
      .compile();
    return withEvents(`${insert} ${made}`, parameters.length);
  };
  const values = [...Object.values(row), sequence, events];
  const [inserted] = await runKnown<{ run_no: number }>(db, `run ${Object.keys(row).join()}`, build, values);
  return inserted?.run_no ?? null;
}

/** Changes columns of a run that is still as `revision` was, and adds events; false if it is not, and then nothing. */
export async function updateWithEvents(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  run: { runNo: number; revision: string },
  changes: Changes,
  { sequence, events }: AddedEvents,
): Promise<boolean> {
  if (!dialect.writesInOne) {
    if (!(await updateRun(db, run, changes))) return false;
    await insertRows(db, 'run_events', [{ run_no: run.runNo, sequence, events }]);
    return true;
  }
  const names = Object.keys(changes);
  const build = () => {
    const update = db
      .updateTable('runs')
      .set(changes as never)
      .where('run_no', '=', run.runNo);
    const { sql: text, parameters } = update.where('revision', '=', run.revision).compile();
    return withEvents(`${text} returning run_no`, parameters.length);
  };
  const values = [...Object.values(changes), run.runNo, run.revision, sequence, events];
  return (await runKnown(db, `set ${names.join()} with events`, build, values)).length > 0;
}

/** Events that were added together: the sequence of the first, and their JSON. */
export interface AddedEvents {
  sequence: number;
  events: string;
}

/** Both in one statement: a database of its own process is asked half as often, and needs no transaction around it. */
function withEvents(write: string, parameters: number): string {
  const [sequence, events] = [`$${parameters + 1}::integer`, `$${parameters + 2}::text`];
  return `with written as (${write}),
    noted as (insert into run_events (run_no, sequence, events) select run_no, ${sequence}, ${events} from written)
    select run_no from written`;
}

/** Changes columns of a run that is still as `revision` was; false if it is not. */
async function updateRun(
  db: Kysely<Tables>,
  { runNo, revision }: { runNo: number; revision: string },
  changes: Changes,
): Promise<boolean> {
  const names = Object.keys(changes);
  const build = () => {
    const update = db.updateTable('runs').set(changes as never);
    return `${update.where('run_no', '=', runNo).where('revision', '=', revision).compile().sql} returning run_no`;
  };
  const rows = await runKnown(db, `set ${names.join()}`, build, [...Object.values(changes), runNo, revision]);
  return rows.length > 0;
}
