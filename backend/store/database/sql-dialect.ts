import { type Kysely, type RawBuilder, sql } from 'kysely';

import type { Tables } from './tables.ts';

export type DialectName = 'sqlite' | 'postgres';

/** Where the two databases differ. */
export interface SqlDialect {
  name: DialectName;
  /** UTC milliseconds on the database's clock, which all its users share. */
  now: RawBuilder<number>;
  /** Marks a changed cell. */
  stamp: RawBuilder<number>;
  /** The lowest stamp that a change not to be seen yet may have. */
  changesFrom: RawBuilder<number>;
  /** Ends a select that is to keep others from changing the row until the transaction ends. */
  holdRow: RawBuilder<unknown>;
  /** The same, passing over rows that another holds. */
  holdFreeRows: RawBuilder<unknown>;
  /** The condition that a run stands in one of these cells. */
  inCells(cellNos: readonly number[]): RawBuilder<boolean>;
  /** A column by which no index is to be chosen: SQLite takes one that fits over one that is short. */
  unindexed(column: string): RawBuilder<unknown>;
  /** Until the transaction ends, whoever else asks for the same name waits. */
  oneAtATime(db: Kysely<Tables>, name: string): Promise<unknown>;
  /** The condition that every word occurs in the text of an ended run. */
  haveWords(db: Kysely<Tables>, words: readonly string[]): Promise<RawBuilder<boolean>>;
}

/** More runs than this have a word that is common: then the newest are found sooner by looking at them in turn. */
const COMMON = 2000;

export const SQLITE: SqlDialect = {
  name: 'sqlite',
  stamp: sql`(select coalesce(max(stamp), 0) + 1 from cells)`,
  changesFrom: sql`(select coalesce(max(stamp), 0) + 1 from cells)`,
  now: sql`cast(unixepoch('subsec') * 1000 as integer)`,
  holdRow: sql``,
  holdFreeRows: sql``,
  inCells: (cellNos) => sql`cell_no in (select value from json_each(${JSON.stringify(cellNos)}))`,
  unindexed: (column) => sql`+${sql.ref(column)}`,
  // There is one writer.
  oneAtATime: async () => undefined,
  async haveWords(db, words) {
    const few = await rowsOfFew(db, words);
    return few
      ? allOf([
          sql`run_no in (select value from json_each(${JSON.stringify(few.rows)}))`,
          haveWords(few.others),
        ])
      : haveWords(words);
  },
};

export const POSTGRES: SqlDialect = {
  name: 'postgres',
  stamp: sql`pg_current_xact_id()::text::bigint`,
  changesFrom: sql`pg_snapshot_xmin(pg_current_snapshot())::text::bigint`,
  now: sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
  holdRow: sql`for update`,
  holdFreeRows: sql`for update skip locked`,
  inCells: (cellNos) => sql`cell_no = any(${cellNos}::bigint[])`,
  unindexed: (column) => sql.ref(column),
  oneAtATime: (db, name) => sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db),
  haveWords: async (_db, words) => haveWords(words),
};

/** The condition that every word occurs in the text, looked for in the text itself. */
export function haveWords(words: readonly string[]): RawBuilder<boolean> {
  // The text is kept in small letters, as the words come.
  return allOf(
    words.map((word) => sql`search_text like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`),
  );
}

/**
 * By SQLite's index of the text: the rows of a word that few have, or of all words where few have all of them; and the
 * words still to be looked for. Null where many do.
 */
async function rowsOfFew(
  db: Kysely<Tables>,
  words: readonly string[],
): Promise<{ rows: number[]; others: string[] } | null> {
  // The index knows sequences of three characters; shorter words are looked for in the text itself.
  const long = words.filter((word) => [...word].length >= 3);
  const short = words.filter((word) => !long.includes(word));
  const all = long.length > 1 ? [long] : [];
  // One by one first: to find out what a rare word and a common one share takes as long as the common one is common.
  for (const some of [...long.map((word) => [word]), ...all]) {
    const phrase = some.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ');
    const { rows } = await sql<{ rowid: number }>`select rowid from run_text
      where run_text match ${phrase} limit ${sql.lit(COMMON + 1)}`.execute(db);
    const others = [...short, ...long.filter((word) => !some.includes(word))];
    if (rows.length <= COMMON) return { rows: rows.map(({ rowid }) => rowid), others };
  }
  return null;
}

function allOf(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` and `)})`;
}
