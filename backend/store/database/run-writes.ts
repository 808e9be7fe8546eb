import { type Kysely, type Selectable, sql } from 'kysely';

import type { RunStore } from '../run-store.ts';
import type { Addition, Claiming, Made } from './addition.ts';
import { createAddTo, createAppend, unknownRun } from './append-events.ts';
import { eventsOf, insertEvents } from './event-rows.ts';
import type { KnownRuns } from './known-runs.ts';
import { runKnown } from './known-statement.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { RunRow, Tables } from './tables.ts';
import { createTakeExpired, type SeenLeases } from './take-expired.ts';
import { insertRows } from './write-rows.ts';

/** Who writes: the name of this process among those that share the store, and how long its leases last. */
export interface Writer {
  instance: string;
  leaseMs: number;
  seen: SeenLeases;
}

type OfStore = 'claimHashDoctor' | 'renewLeases' | 'takeExpired';

/** A run is made, claimed and added to by what is stored of it; the rest is the store's. */
export interface RunWrites extends Pick<RunStore, OfStore> {
  create(made: Made): Promise<boolean>;
  claimSubmission(addition: Addition, claiming: Claiming): ReturnType<RunStore['claimSubmission']>;
  append(addition: Addition): Promise<void>;
}

/** Each of these is one transaction, or part of one that others share; `runs` outlives them. */
export function createRunWrites(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  writer: Writer,
  runs: KnownRuns,
): RunWrites {
  const mine = (
    ids: readonly string[],
  ) => sql<number>`(select run_no from runs where id in (${sql.join([...ids])})
    and instance = ${writer.instance} and phase <> 'ended' ${dialect.holdFreeRows})`;
  const lease = {
    instance: writer.instance,
    lease_until: sql<number>`${dialect.now} + ${sql.lit(writer.leaseMs)}`,
  };
  const addTo = createAddTo(db, dialect, runs);
  return {
    async create({ row, events }) {
      const [inserted] = await insertRows<{ run_no: number }>(
        db,
        'runs',
        [row],
        'on conflict (id) do nothing returning run_no',
      );
      if (!inserted) return false;
      await insertEvents(db, inserted.run_no, 1, events);
      runs.keep(row.id, { runNo: inserted.run_no, revision: row.revision, last: 1 });
      return true;
    },
    async claimSubmission(addition, { digest, numberHmac, profileId, codeDigest }) {
      const { id } = addition;
      const found = await submissionOf(db, dialect, id);
      if (found.digest === digest) return 'same';
      if (found.digest !== null || found.isOver) return 'conflict';
      const known = runs.get(id);
      const last = known?.revision === found.revision ? known.last : await lastOf(db, found.runNo);
      if (addition.first !== last + 1) return 'changed';
      if (codeDigest !== null && !(await spend(db, dialect, profileId, codeDigest))) return 'code_spent';
      const claim = { submission_digest: digest, number_hmac: numberHmac, ...lease };
      if (!(await addTo({ ...found, last }, addition, claim)))
        throw new TypeError('The row of a run was held');
      return 'claimed';
    },
    async claimHashDoctor(id, digest) {
      const { numUpdatedRows } = await db
        .updateTable('runs')
        .set({ hash_doctor_digest: digest })
        .where('id', '=', id)
        .where('hash_doctor_digest', 'is', null)
        .where('imported_at', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) return 'claimed';
      const row = await db
        .selectFrom('runs')
        .select('hash_doctor_digest')
        .where('id', '=', id)
        .executeTakeFirst();
      if (!row) throw unknownRun();
      return row.hash_doctor_digest === digest ? 'same' : 'conflict';
    },
    append: createAppend(db, dialect, runs),
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

/** Who has submitted, from the database, which keeps others from doing so. */
async function submissionOf(db: Kysely<Tables>, dialect: SqlDialect, id: string) {
  const select = () =>
    db
      .selectFrom('runs')
      .select(['run_no', 'revision', 'submission_digest', 'phase'])
      .where('id', '=', '')
      .modifyEnd(dialect.holdRow)
      .compile().sql;
  type Row = Pick<Selectable<RunRow>, 'run_no' | 'revision' | 'submission_digest' | 'phase'>;
  const [row] = await runKnown<Row>(db, 'submission', select, [id]);
  if (!row) throw unknownRun();
  const { run_no: runNo, revision, submission_digest: digest, phase } = row;
  return { runNo, revision, digest, isOver: phase === 'ended' };
}

/** False if it was spent before. */
async function spend(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  profileId: string,
  codeDigest: string,
): Promise<boolean> {
  const row = { profile_id: profileId, code_digest: codeDigest, spent_at: dialect.now };
  const spent = await insertRows(db, 'spent_codes', [row], 'on conflict do nothing returning code_digest');
  return spent.length > 0;
}

async function lastOf(db: Kysely<Tables>, runNo: number): Promise<number> {
  return (await eventsOf(db, runNo)).at(-1)?.sequence ?? 0;
}
