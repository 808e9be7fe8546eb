import { type Kysely, sql } from 'kysely';
import { LATENCY_RUNS } from '#protocol/coverage-api.ts';
import { COUNT_LIMIT, type RunFilter, type RunsReply } from '#protocol/history-api.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import { latencyOf } from '../latency.ts';
import type { RunStore } from '../run-store.ts';
import { recordFrom, SUMMARY_COLUMNS, storable, summaryFrom } from './run-columns.ts';
import { filtered } from './run-filters.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

export type RunReads = Pick<
  RunStore,
  'read' | 'abandoned' | 'list' | 'count' | 'latency' | 'referenceOf' | 'keptCampaigns'
>;

export function createRunReads(db: Kysely<Tables>, dialect: SqlDialect): RunReads {
  return {
    async read(id) {
      const row = await db
        .selectFrom('runs')
        .select(['run_no', 'request_digest', 'submission_digest', 'hash_doctor_digest'])
        .select(['pinned', 'reference', 'imported_at'])
        .where('id', '=', id)
        .executeTakeFirst();
      const events = row ? await eventsOf(db, row.run_no) : [];
      // Nothing, too, if it was deleted between the two questions.
      if (!row || events.length === 0) return null;
      return {
        run: recordFrom(events, row.imported_at),
        events,
        requestDigest: row.request_digest,
        submissionDigest: row.submission_digest,
        hashDoctorDigest: row.hash_doctor_digest,
        pinned: row.pinned === 1,
        reference: row.reference === 1,
        importedAt: row.imported_at,
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
    async count(filter) {
      const found = await filtered(
        db.selectFrom('runs').select(sql<number>`1`.as('one')),
        filter,
        db,
        dialect,
      );
      const { runs } = await db
        .selectFrom(found.limit(COUNT_LIMIT + 1).as('found'))
        .select(sql<number>`count(*)`.as('runs'))
        .executeTakeFirstOrThrow();
      return { runs: Math.min(runs, COUNT_LIMIT), more: runs > COUNT_LIMIT };
    },
    async latency(filter) {
      const finished = db.selectFrom('runs').select('timings').where('timings', 'is not', null);
      const rows = await (await filtered(finished, filter, db, dialect))
        .orderBy('started_at', 'desc')
        .orderBy('id', 'desc')
        .limit(LATENCY_RUNS)
        .execute();
      return latencyOf(rows.map(({ timings }) => JSON.parse(timings ?? '')));
    },
    async referenceOf(profileId) {
      const row = await db
        .selectFrom('runs')
        .select('id')
        .where('profile_id', '=', storable(profileId))
        .where('reference', '=', sql.lit(1))
        .executeTakeFirst();
      return row?.id ?? null;
    },
    async keptCampaigns() {
      const rows = await db.selectFrom('kept_campaigns').select('campaign').execute();
      return rows.map(({ campaign }) => campaign).toSorted();
    },
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
  let query = await filtered(db.selectFrom('runs').select(SUMMARY_COLUMNS), filter, db, dialect);
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
