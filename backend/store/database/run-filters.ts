import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { CONDITION_NAMES, NOT_STATED } from '#protocol/condition-names.ts';
import type { RunFilter } from '#protocol/history-api.ts';
import { searchWords } from '#protocol/run-summary.ts';

import { storable } from './run-columns.ts';
import { haveWords, type SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/** The columns a filter names as they are. */
const SAME_NAME = ['verdict', 'leg', 'failure', 'cause', 'origin', 'expected'] as const;

type Runs<O> = SelectQueryBuilder<Tables, 'runs', O>;

/**
 * The rows of `runs` that a filter lets through, of ended runs or of those in flight; `unindexed` where other conditions say
 * which index is to be used.
 */
export async function filtered<O>(
  query: Runs<O>,
  filter: RunFilter,
  db: Kysely<Tables>,
  dialect: SqlDialect,
  isOfEnded: boolean,
  unindexed: boolean,
): Promise<Runs<O>> {
  const column = (name: string) => (unindexed ? dialect.unindexed(name) : sql.ref(name));
  let narrowed = query;
  for (const name of SAME_NAME) {
    const value = filter[name];
    if (value !== undefined) narrowed = narrowed.where(column(name), '=', value);
  }
  for (const name of CONDITION_NAMES) {
    const value = filter[name];
    if (value === NOT_STATED) narrowed = narrowed.where(column(name), 'is', null);
    else if (value !== undefined) narrowed = narrowed.where(column(name), '=', storable(value));
  }
  if (filter.profile !== undefined)
    narrowed = narrowed.where(column('profile_id'), '=', storable(filter.profile));
  if (filter.fromDay !== undefined) narrowed = narrowed.where(column('local_day'), '>=', filter.fromDay);
  if (filter.toDay !== undefined) narrowed = narrowed.where(column('local_day'), '<=', filter.toDay);
  const { words, ids } = searchWords(filter.text ?? '');
  if (words.length > 0)
    narrowed = narrowed.where(isOfEnded ? await dialect.haveWords(db, words) : haveWords(words));
  for (const id of ids)
    narrowed = narrowed.where(({ or, eb }) => or([eb('id', '=', id), eb('correlation_id', '=', id)]));
  return narrowed;
}
