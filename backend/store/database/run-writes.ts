import { type Kysely, sql } from 'kysely';
import { applyRunEvent } from '#protocol/run-events.ts';

import type { Claim, RunStore } from '../run-store.ts';
import { countRun } from './cells.ts';
import { insertRows } from './insert-rows.ts';
import { changedColumns, columnsOf, runFrom } from './run-columns.ts';
import { eventsOf } from './run-reads.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/** Who writes: the name of this process among those that share the store, and how long its leases last. */
export interface Writer {
  instance: string;
  leaseMs: number;
}

type OfStore = 'create' | 'claimSubmission' | 'claimHashDoctor' | 'spendCode' | 'append';

export type RunWrites = Pick<RunStore, OfStore | 'renewLeases' | 'takeExpired'>;

/** Each of these is one transaction, or part of one that others share. */
export function createRunWrites(db: Kysely<Tables>, dialect: SqlDialect, writer: Writer): RunWrites {
  const lease = {
    instance: writer.instance,
    lease_until: sql<number>`${dialect.now} + ${sql.lit(writer.leaseMs)}`,
  };
  return {
    async create(run, created, requestDigest) {
      const row = {
        ...columnsOf(runFrom([created])),
        id: run.id,
        received_at: created.at,
        request_digest: requestDigest,
      };
      const [inserted] = await insertRows<{ run_no: number }>(
        db,
        'runs',
        [row],
        'on conflict (id) do nothing returning run_no',
      );
      if (!inserted) return false;
      await insertEvents(db, inserted.run_no, [created]);
      return true;
    },
    async claimSubmission(id, digest, numberHmac = null) {
      const { numUpdatedRows } = await db
        .updateTable('runs')
        .set({ submission_digest: digest, number_hmac: numberHmac, ...lease })
        .where('id', '=', id)
        .where('submission_digest', 'is', null)
        .where('phase', '<>', 'ended')
        .executeTakeFirst();
      return numUpdatedRows > 0n ? 'claimed' : claimed(db, 'submission_digest', id, digest);
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
    async append(id, events) {
      const row = await db
        .selectFrom('runs')
        .select(['run_no', 'imported_at'])
        .where('id', '=', id)
        .modifyEnd(dialect.holdRow)
        .executeTakeFirst();
      if (!row) throw unknownRun();
      if (row.imported_at !== null) throw new TypeError('An imported run is not carried on');
      const stored = await eventsOf(db, row.run_no);
      const last = stored.at(-1)?.sequence ?? 0;
      for (const event of events.filter(({ sequence }) => sequence <= last)) {
        const there = stored.find(({ sequence }) => sequence === event.sequence);
        if (JSON.stringify(there) !== JSON.stringify(event)) throw takenOver();
      }
      const fresh = events.filter(({ sequence }) => sequence > last);
      if (fresh.length === 0) return;
      await insertEvents(db, row.run_no, fresh);
      const before = runFrom(stored);
      const columns = columnsOf(fresh.reduce(applyRunEvent, before));
      const hasJustEnded = fresh.some(({ type }) => type === 'ended');
      const changes = {
        ...changedColumns(columnsOf(before), columns),
        ...(hasJustEnded ? { cell_no: await countRun(db, dialect, id, columns) } : {}),
      };
      if (Object.keys(changes).length === 0) return;
      await db.updateTable('runs').set(changes).where('run_no', '=', row.run_no).execute();
    },
    async renewLeases(ids) {
      await db
        .updateTable('runs')
        .set(lease)
        .where('id', 'in', [...ids])
        .where('instance', '=', writer.instance)
        .where('phase', '<>', 'ended')
        .execute();
    },
    async takeExpired() {
      const free = sql<number>`(select run_no from runs where phase <> 'ended' and submission_digest is not null
        and lease_until < ${dialect.now} ${dialect.holdFreeRows})`;
      const rows = await db
        .updateTable('runs')
        .set(lease)
        .where('run_no', 'in', free)
        .returning('id')
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

export async function insertEvents(
  db: Kysely<Tables>,
  runNo: number,
  events: Parameters<RunStore['append']>[1],
) {
  const rows = events.map((event) => ({
    run_no: runNo,
    sequence: event.sequence,
    event: JSON.stringify(event),
  }));
  await insertRows(db, 'run_events', rows);
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

const unknownRun = () => new TypeError('A run is created before anything else is done with it');

/** A process that was away for longer than its lease comes back to a run that another one has ended. */
const takenOver = () => new Error('Another process has carried this run on');
