import { type RawBuilder, sql } from 'kysely';

export type DialectName = 'sqlite' | 'postgres';

/** Where the two databases differ. */
export interface SqlDialect {
  name: DialectName;
  /** UTC milliseconds on the database's clock, which all its users share. */
  now: RawBuilder<number>;
  /** Ends a select that is to keep others from changing the row until the transaction ends. */
  holdRow: RawBuilder<unknown>;
  /** The same, passing over rows that another holds. */
  holdFreeRows: RawBuilder<unknown>;
  /** Whether every word occurs in the text of a row of `runs`. */
  hasWords(words: readonly string[]): RawBuilder<boolean>;
}

export const SQLITE: SqlDialect = {
  name: 'sqlite',
  now: sql`cast(unixepoch('subsec') * 1000 as integer)`,
  holdRow: sql``,
  holdFreeRows: sql``,
  hasWords(words) {
    // The index knows sequences of three characters; shorter words are looked for in the text itself.
    const long = words.filter((word) => [...word].length >= 3);
    const short = words.filter((word) => !long.includes(word)).map(contains);
    const phrase = long.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ');
    const found = sql<boolean>`run_no in (select rowid from run_text where run_text match ${phrase})`;
    return allOf(long.length > 0 ? [found, ...short] : short);
  },
};

export const POSTGRES: SqlDialect = {
  name: 'postgres',
  now: sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
  holdRow: sql`for update`,
  holdFreeRows: sql`for update skip locked`,
  hasWords: (words) => allOf(words.map(contains)),
};

/** The text is kept in small letters, as the words come. */
function contains(word: string): RawBuilder<boolean> {
  return sql`search_text like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`;
}

function allOf(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return sql`(${sql.join(conditions.length > 0 ? conditions : [sql`1 = 1`], sql` and `)})`;
}
