import { type Kysely, sql } from 'kysely';
import { CONDITION_NAMES } from '#protocol/condition-names.ts';
import type { RunFilter, RunsReply } from '#protocol/history-api.ts';
import type { RunEvent } from '#protocol/run-events.ts';
import { searchWords } from '#protocol/run-summary.ts';

import type { RunStore } from '../run-store.ts';
import { runFrom, SUMMARY_COLUMNS, summaryFrom } from './run-columns.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

export type RunReads = Pick<RunStore, 'read' | 'abandoned' | 'list'>;

/** The columns a filter names as they are. */
const SAME_NAME = ['verdict', 'leg', 'failure', 'cause', 'origin', 'expected', ...CONDITION_NAMES] as const;

export function createRunReads(db: Kysely<Tables>, dialect: SqlDialect): RunReads {
  return {
    async read(id) {
      const row = await db
        .selectFrom('runs')
        .select(['run_no', 'request_digest', 'submission_digest', 'hash_doctor_digest', 'pinned'])
        .where('id', '=', id)
        .executeTakeFirst();
      const events = row ? await eventsOf(db, row.run_no) : [];
      // Nothing, too, if it was deleted between the two questions.
      if (!row || events.length === 0) return null;
      return {
        run: runFrom(events),
        events,
        requestDigest: row.request_digest,
        submissionDigest: row.submission_digest,
        hashDoctorDigest: row.hash_doctor_digest,
        pinned: row.pinned === 1,
      };
    },
    async abandoned(startedBefore) {
      const rows = await db
        .selectFrom('runs')
        .select('id')
        .where(sql<boolean>`phase <> 'ended'`)
        .where('submission_digest', 'is', null)
        .where('received_at', '<', startedBefore)
        .execute();
      return rows.map(({ id }) => id);
    },
    list: (filter, cursor, limit) => list(db, dialect, filter, cursor, limit),
  };
}

export async function eventsOf(db: Kysely<Tables>, runNo: number): Promise<RunEvent[]> {
  const rows = await db
    .selectFrom('run_events')
    .select('event')
    .where('run_no', '=', runNo)
    .orderBy('sequence')
    .execute();
  return rows.map(({ event }) => JSON.parse(event));
}

async function list(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  filter: RunFilter,
  cursor: string | null,
  limit: number,
): Promise<RunsReply> {
  let query = db.selectFrom('runs').select(SUMMARY_COLUMNS);
  for (const name of SAME_NAME) {
    const value = filter[name];
    if (value !== undefined) query = query.where(name, '=', value);
  }
  if (filter.profile !== undefined) query = query.where('profile_id', '=', filter.profile);
  if (filter.fromDay !== undefined) query = query.where('local_day', '>=', filter.fromDay);
  if (filter.toDay !== undefined) query = query.where('local_day', '<=', filter.toDay);
  const { words, ids } = searchWords(filter.text ?? '');
  if (words.length > 0) query = query.where(await dialect.haveWords(db, words));
  for (const id of ids)
    query = query.where(({ or, eb }) => or([eb('id', '=', id), eb('correlation_id', '=', id)]));
  if (cursor !== null) {
    const [startedAt, id] = cursor.split('_') as [string, string];
    query = query.where(sql<boolean>`(started_at, id) < (${Number(startedAt)}, ${id})`);
  }
  const rows = await query
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const runs = rows.slice(0, limit).map(summaryFrom);
  const last = rows.length > limit ? runs.at(-1) : undefined;
  return { runs, next: last ? `${last.startedAt}_${last.id}` : null };
}
