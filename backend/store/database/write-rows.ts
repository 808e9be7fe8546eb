import type { Kysely } from 'kysely';

import { isExpression, runKnown, type Value } from './known-statement.ts';
import type { Tables } from './tables.ts';

type Row = Readonly<Record<string, Value>>;
export type Changes = Partial<Record<keyof Tables['runs'], Value>>;

/**
 * Puts rows in that have the same members, each a value in all of them or an expression that is always the same. `ending`
 * is SQL that both databases know.
 */
export function insertRows<R = unknown>(
  db: Kysely<Tables>,
  table: 'runs' | 'run_events' | 'cells' | 'spent_codes',
  rows: readonly Row[],
  ending = '',
): Promise<R[]> {
  const names = Object.keys(rows[0] ?? {});
  const build = () => {
    const insert = db.insertInto(table).values(rows as never);
    return `${insert.compile().sql} ${ending}`;
  };
  const values = rows.flatMap((row) => names.map((name) => row[name] as Value));
  return runKnown(db, `${table} ${shapeOf(rows[0] ?? {})} ${rows.length} ${ending}`, build, values);
}

/** Changes columns of a run that is still as `revision` was; false if it is not. */
export async function updateRun(
  db: Kysely<Tables>,
  { runNo, revision }: { runNo: number; revision: string },
  changes: Changes,
): Promise<boolean> {
  const build = () => {
    const update = db.updateTable('runs').set(changes as never);
    return `${update.where('run_no', '=', runNo).where('revision', '=', revision).compile().sql} returning run_no`;
  };
  const values = [...Object.values(changes), runNo, revision];
  return (await runKnown(db, `set ${shapeOf(changes)}`, build, values)).length > 0;
}

/** The text of a statement rests on the names and on which of them are expressions: a lease is one, and `0` where it was given up. */
const shapeOf = (row: Row): string =>
  Object.entries(row)
    .map(([name, value]) => (isExpression(value) ? `${name}!` : name))
    .join();
