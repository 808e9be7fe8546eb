import type { Kysely, SelectQueryBuilder } from 'kysely';
import { CONDITION_NAMES } from '#protocol/condition-names.ts';
import { NOT_STATED, type RunFilter } from '#protocol/history-api.ts';
import { searchWords } from '#protocol/run-summary.ts';

import { storable } from './run-columns.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/** The columns a filter names as they are. */
const SAME_NAME = ['verdict', 'leg', 'failure', 'cause', 'origin', 'expected'] as const;

/** The rows of `runs` that a filter lets through. */
export async function filtered<O>(
  query: SelectQueryBuilder<Tables, 'runs', O>,
  filter: RunFilter,
  db: Kysely<Tables>,
  dialect: SqlDialect,
): Promise<SelectQueryBuilder<Tables, 'runs', O>> {
  let narrowed = query;
  for (const name of SAME_NAME) {
    const value = filter[name];
    if (value !== undefined) narrowed = narrowed.where(name, '=', value);
  }
  for (const name of CONDITION_NAMES) {
    const value = filter[name];
    if (value === NOT_STATED) narrowed = narrowed.where(name, 'is', null);
    else if (value !== undefined) narrowed = narrowed.where(name, '=', storable(value));
  }
  if (filter.profile !== undefined) narrowed = narrowed.where('profile_id', '=', storable(filter.profile));
  if (filter.fromDay !== undefined) narrowed = narrowed.where('local_day', '>=', filter.fromDay);
  if (filter.toDay !== undefined) narrowed = narrowed.where('local_day', '<=', filter.toDay);
  const { words, ids } = searchWords(filter.text ?? '');
  if (words.length > 0) narrowed = narrowed.where(await dialect.haveWords(db, words));
  for (const id of ids)
    narrowed = narrowed.where(({ or, eb }) => or([eb('id', '=', id), eb('correlation_id', '=', id)]));
  return narrowed;
}
