import { type Kysely, sql } from 'kysely';

import type { RunStore, Whose } from '../run-store.ts';
import { COUNTED_COLUMNS, uncountRuns } from './cells.ts';
import { takeNumberOut } from './event-rows.ts';
import { storable } from './run-columns.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/** Runs in one transaction of a long deletion, so that nobody waits for the whole of it. */
const BATCH = 200;
/** Of the digests of spent codes more go at once: nothing hangs on them. */
const CODES = 5000;

export interface RunUpkeep extends Pick<RunStore, 'setPinned' | 'setReference' | 'keepCampaign' | 'delete'> {
  /** One batch each; they return how many there were, and are done when that is none. */
  deleteBatch(before: number): Promise<number>;
  forgetBatch(numberHmac: string, whose?: Whose): Promise<number>;
}

export function createRunUpkeep(db: Kysely<Tables>, dialect: SqlDialect): RunUpkeep {
  return {
    async setPinned(id, pinned) {
      const { numUpdatedRows } = await db
        .updateTable('runs')
        .set({ pinned: pinned ? 1 : 0 })
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async setReference(id, reference) {
      const row = await db
        .selectFrom('runs')
        .select(['run_no', 'profile_id', 'phase'])
        .where('id', '=', id)
        .modifyEnd(dialect.holdRow)
        .executeTakeFirst();
      if (!row) return 'unknown';
      if (row.phase !== 'ended') return 'in_flight';
      if (reference) {
        await dialect.oneAtATime(db, `reference ${row.profile_id}`);
        await db
          .updateTable('runs')
          .set({ reference: 0 })
          .where('profile_id', '=', row.profile_id)
          .where('reference', '=', sql.lit(1))
          .execute();
      }
      await db
        .updateTable('runs')
        .set({ reference: reference ? 1 : 0 })
        .where('run_no', '=', row.run_no)
        .execute();
      return 'set';
    },
    async keepCampaign(name, kept) {
      const campaign = storable(name);
      if (kept) {
        await db
          .insertInto('kept_campaigns')
          .values({ campaign })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      } else await db.deleteFrom('kept_campaigns').where('campaign', '=', campaign).execute();
    },
    async delete(id) {
      const gone = await db
        .deleteFrom('runs')
        .where('id', '=', id)
        .where('phase', '=', 'ended')
        .returning(COUNTED_COLUMNS)
        .execute();
      await uncountRuns(db, dialect, gone);
      if (gone.length > 0) return 'deleted';
      const row = await db.selectFrom('runs').select('id').where('id', '=', id).executeTakeFirst();
      return row ? 'in_flight' : 'unknown';
    },
    async deleteBatch(before) {
      // Held as they are found: one that is pinned in this moment is another's, and is passed over.
      const old = sql<number>`(select run_no from runs where received_at < ${before} and pinned = 0
        and reference = 0 and phase = 'ended'
        and (campaign is null or campaign not in (select campaign from kept_campaigns))
        order by received_at limit ${sql.lit(BATCH)} ${dialect.holdFreeRows})`;
      const gone = await db
        .deleteFrom('runs')
        .where('run_no', 'in', old)
        .returning(COUNTED_COLUMNS)
        .execute();
      await uncountRuns(db, dialect, gone);
      const spent = sql<boolean>`(profile_id, code_digest) in (select profile_id, code_digest from spent_codes
        where spent_at < ${before} limit ${sql.lit(CODES)})`;
      await db.deleteFrom('spent_codes').where(spent).execute();
      return gone.length;
    },
    forgetBatch: (numberHmac, whose = null) => takeNumberOut(db, numberHmac, whose, BATCH),
  };
}
