import { CompiledQuery, type Kysely, type RawBuilder } from 'kysely';

import type { Tables } from './tables.ts';

type Value = string | number | null | RawBuilder<number>;
type Row = Readonly<Record<string, Value>>;

/** For each database, since they number parameters in their own ways: by what tells the statements apart. */
const texts = new WeakMap<object, Map<string, string>>();

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
  return execute(db, `${table} ${names.join()} ${rows.length} ${ending}`, build, values);
}

/** Changes columns of a run that is still as `revision` was; false if it is not. */
export async function updateRun(
  db: Kysely<Tables>,
  { runNo, revision }: { runNo: number; revision: string },
  changes: Partial<Record<keyof Tables['runs'], string | number | null>>,
): Promise<boolean> {
  const names = Object.keys(changes);
  const build = () => {
    const update = db.updateTable('runs').set(changes as never);
    return `${update.where('run_no', '=', runNo).where('revision', '=', revision).compile().sql} returning run_no`;
  };
  const rows = await execute(db, `set ${names.join()}`, build, [...Object.values(changes), runNo, revision]);
  return rows.length > 0;
}

/** The text is made once: for fifty columns that takes longer than the statement itself. */
async function execute<R>(
  db: Kysely<Tables>,
  key: string,
  build: () => string,
  values: readonly Value[],
): Promise<R[]> {
  const { adapter } = db.getExecutor();
  const known = texts.get(adapter) ?? new Map<string, string>();
  texts.set(adapter, known);
  const text = known.get(key) ?? build();
  if (known.size < 200) known.set(key, text);
  const parameters = values.filter((value) => value === null || typeof value !== 'object');
  return (await db.executeQuery<R>(CompiledQuery.raw(text, parameters))).rows;
}
