import { CompiledQuery, type Kysely, type RawBuilder } from 'kysely';

import type { Tables } from './tables.ts';

type Value = string | number | null | RawBuilder<number>;

/** For each database, since they number parameters in their own ways: by table, names, number of rows and ending. */
const texts = new WeakMap<object, Map<string, string>>();

/**
 * Puts rows in that have the same members, each a value or an expression that is always the same. The text is made once:
 * for fifty columns that takes longer than the insert itself. `ending` is SQL that both databases know.
 */
export async function insertRows<R = unknown>(
  db: Kysely<Tables>,
  table: 'runs' | 'run_events' | 'cells',
  rows: readonly Readonly<Record<string, Value>>[],
  ending = '',
): Promise<R[]> {
  const { adapter } = db.getExecutor();
  const known = texts.get(adapter) ?? new Map<string, string>();
  texts.set(adapter, known);
  const names = Object.keys(rows[0] ?? {});
  const key = `${table} ${names.join()} ${rows.length} ${ending}`;
  const text =
    known.get(key) ??
    `${
      db
        .insertInto(table)
        .values(rows as never)
        .compile().sql
    } ${ending}`;
  if (known.size < 200) known.set(key, text);
  const values = rows.flatMap((row) => names.map((name) => row[name] as Value));
  const parameters = values.filter((value) => value === null || typeof value !== 'object');
  return (await db.executeQuery<R>(CompiledQuery.raw(text, parameters))).rows;
}
