import { type Kysely, type Selectable, sql } from 'kysely';

import type { RunEvent } from '#protocol/run-events.ts';

import type { RunStore, StoredRun } from '../run-store.ts';
import type { FindInCells } from './coverage-reads.ts';
import { runKnown } from './known-statement.ts';
import { isUpToDate } from './migrate.ts';
import { runsPlan } from './migrations.ts';
import { recordFrom, storable } from './run-columns.ts';
import { createRunLists, type RunLists } from './run-lists.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { RunRow, Tables } from './tables.ts';

/** What is known of a run and stands in no event of it. */
export const KEPT_BESIDE = [
  ...(['request_digest', 'submission_digest', 'hash_doctor_digest'] as const),
  ...(['pinned', 'reference', 'imported_at'] as const),
] as const;
export type ReadRow = Pick<Selectable<RunRow>, (typeof KEPT_BESIDE)[number]> & { events: string };

export type RunReads = RunLists &
  Pick<RunStore, 'read' | 'abandoned' | 'referenceOf' | 'keptCampaigns' | 'ready'>;

/** The rows of one run as it is read; null if there are none. */
export function storedFrom(rows: readonly ReadRow[]): StoredRun | null {
  const [row] = rows;
  if (!row) return null;
  const events: RunEvent[] = rows.flatMap((one) => JSON.parse(one.events));
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
}

export function createRunReads(db: Kysely<Tables>, dialect: SqlDialect, find: FindInCells): RunReads {
  return {
    async read(id) {
      const select = () =>
        db
          .selectFrom('runs')
          .innerJoin('run_events', 'run_events.run_no', 'runs.run_no')
          .select(KEPT_BESIDE)
          .select('run_events.events')
          .where('id', '=', '')
          .orderBy('run_events.sequence')
          .compile().sql;
      return storedFrom(await runKnown<ReadRow>(db, 'kept beside', select, [id]));
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
    ...createRunLists(db, dialect, find),
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
    ready: () => isUpToDate(db, runsPlan(dialect.name)),
  };
}
