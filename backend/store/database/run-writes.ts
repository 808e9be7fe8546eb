import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';

import type { Claim, RunStore } from '../run-store.ts';
import { createAppend, unknownRun } from './append-events.ts';
import { insertEvents } from './event-rows.ts';
import type { KeptFolds } from './kept-folds.ts';
import { runKnown } from './known-statement.ts';
import { columnsOf, runFrom } from './run-columns.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';
import { createTakeExpired, type SeenLeases } from './take-expired.ts';
import { insertRows } from './write-rows.ts';

/** Who writes: the name of this process among those that share the store, and how long its leases last. */
export interface Writer {
  instance: string;
  leaseMs: number;
  seen: SeenLeases;
}

type OfStore = 'claimSubmission' | 'claimHashDoctor' | 'spendCode' | 'renewLeases' | 'takeExpired';

/** Events come as the JSON that is stored: between threads it is quicker than the events, and is not made twice. */
export interface RunWrites extends Pick<RunStore, OfStore> {
  create(created: string, requestDigest: string): ReturnType<RunStore['create']>;
  append(id: string, events: string): Promise<void>;
}

/** Each of these is one transaction, or part of one that others share; `folds` outlives them. */
export function createRunWrites(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  writer: Writer,
  folds: KeptFolds,
): RunWrites {
  const mine = (
    ids: readonly string[],
  ) => sql<number>`(select run_no from runs where id in (${sql.join([...ids])})
    and instance = ${writer.instance} and phase <> 'ended' ${dialect.holdFreeRows})`;
  const lease = {
    instance: writer.instance,
    lease_until: sql<number>`${dialect.now} + ${sql.lit(writer.leaseMs)}`,
  };
  return {
    async create(created, requestDigest) {
      const run = runFrom(JSON.parse(created));
      const revision = randomUUID();
      const row = {
        ...columnsOf(run),
        ...{ id: run.id, received_at: run.events[0]?.at ?? 0, request_digest: requestDigest, revision },
      };
      const [inserted] = await insertRows<{ run_no: number }>(
        db,
        'runs',
        [row],
        'on conflict (id) do nothing returning run_no',
      );
      if (!inserted) return false;
      await insertEvents(db, inserted.run_no, 1, created);
      folds.keep(run.id, { runNo: inserted.run_no, revision, last: 1, run });
      return true;
    },
    async claimSubmission(id, digest, numberHmac = null) {
      const claim = () =>
        db
          .updateTable('runs')
          .set({ submission_digest: '', number_hmac: '', ...lease })
          .where('id', '=', '')
          .where('submission_digest', 'is', null)
          .where(sql<boolean>`phase <> 'ended'`)
          .returning('run_no')
          .compile().sql;
      const rows = await runKnown(db, 'claim', claim, [digest, numberHmac, writer.instance, id]);
      return rows.length > 0 ? 'claimed' : claimed(db, 'submission_digest', id, digest);
    },
    async claimHashDoctor(id, digest) {
      const { numUpdatedRows } = await db
        .updateTable('runs')
        .set({ hash_doctor_digest: digest })
        .where('id', '=', id)
        .where('hash_doctor_digest', 'is', null)
        .where('imported_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n ? 'claimed' : claimed(db, 'hash_doctor_digest', id, digest);
    },
    async spendCode(profileId, codeDigest) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('spent_codes')
        .values({ profile_id: profileId, code_digest: codeDigest, spent_at: dialect.now })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    append: createAppend(db, dialect, folds),
    async renewLeases(ids) {
      if (ids.length === 0) return;
      await db
        .updateTable('runs')
        .set(lease)
        // Passing over those that are being written at this moment: whoever writes one renews it as well.
        .where('run_no', 'in', mine(ids))
        .execute();
    },
    takeExpired: createTakeExpired(db, dialect, writer, lease),
  };
}

async function claimed(
  db: Kysely<Tables>,
  column: 'submission_digest' | 'hash_doctor_digest',
  id: string,
  digest: string,
): Promise<Claim> {
  const row = await db.selectFrom('runs').select(column).where('id', '=', id).executeTakeFirst();
  if (!row) throw unknownRun();
  return row[column] === digest ? 'same' : 'conflict';
}
