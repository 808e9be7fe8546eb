import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';

import type { Addition, Claiming } from '../database/addition.ts';
import { eventsOf } from '../database/event-rows.ts';
import type { KnownRuns } from '../database/known-runs.ts';
import { flightColumns, runFrom } from '../database/run-columns.ts';
import type { Tables } from '../database/tables.ts';
import { updateRun } from '../database/write-rows.ts';

/** A claim that was sent and not answered: it may have been done, or be done yet. */
interface Doubt {
  /** The revision that it gives the run. */
  revision: string;
  /** The sequence of the first event that came with it. */
  first: number;
  claiming: Claiming;
}

/** Claims of this process that it has not heard of, so that nobody carries their runs. */
export interface Doubts {
  note(addition: Addition, claiming: Claiming): void;
  /** Of runs that somebody carries, or ends, after all. */
  forget(ids: readonly string[]): void;
  /** Takes back a claim that was done and that nobody carries: the run is then as it was before. False if there is none. */
  takeBack(id: string): Promise<boolean>;
}

/** More runs are of no use: their leases end meanwhile, and with that they do. */
const LIMIT = 1000;

export function createDoubts(
  inTransaction: (work: (db: Kysely<Tables>) => Promise<boolean>) => Promise<boolean>,
  instance: string,
  runs: KnownRuns,
): Doubts {
  const doubts = new Map<string, readonly Doubt[]>();
  return {
    note({ id, first, revision, counted }, claiming) {
      // A run that ended with its claim needs nobody who carries it.
      if (counted) return;
      doubts.set(id, [...(doubts.get(id) ?? []), { revision, first, claiming }]);
      const oldest = doubts.keys().next().value;
      if (doubts.size > LIMIT && oldest !== undefined) doubts.delete(oldest);
    },
    forget(ids) {
      for (const id of ids) doubts.delete(id);
    },
    async takeBack(id) {
      const its = doubts.get(id);
      if (!its || !(await inTransaction((db) => takeBackOne(db, id, instance, its)))) return false;
      doubts.delete(id);
      runs.drop(id);
      return true;
    },
  };
}

/** The run gets a revision of its own: a claim that is still on its way finds that it comes too late. */
async function takeBackOne(
  db: Kysely<Tables>,
  id: string,
  instance: string,
  doubts: readonly Doubt[],
): Promise<boolean> {
  const row = await db
    .selectFrom('runs')
    .select(['run_no', 'revision', 'instance'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  const doubt = doubts.find(({ revision }) => revision === row?.revision);
  // Another process has it now, which ends it: its lease was over.
  if (!row || !doubt || row.instance !== instance) return false;
  const { run_no: runNo, revision } = row;
  const { first, claiming } = doubt;
  await db.deleteFrom('run_events').where('run_no', '=', runNo).where('sequence', '>=', first).execute();
  await db
    .deleteFrom('spent_codes')
    .where('profile_id', '=', claiming.profileId)
    .where('code_digest', '=', claiming.codeDigest)
    .execute();
  const columns = flightColumns(runFrom(await eventsOf(db, runNo)));
  const unclaimed = { submission_digest: null, number_hmac: null, instance: null, lease_until: 0 };
  return updateRun(db, { runNo, revision }, { ...columns, ...unclaimed, revision: randomUUID() });
}
