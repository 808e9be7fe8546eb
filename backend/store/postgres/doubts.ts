import type { Kysely } from 'kysely';

import type { Claiming } from '../database/addition.ts';
import { eventsOf } from '../database/event-rows.ts';
import type { KnownRuns } from '../database/known-runs.ts';
import { flightColumns, runFrom } from '../database/run-columns.ts';
import type { Tables } from '../database/tables.ts';

/** A claim that was sent and not answered: it may have been done, or be done yet. */
interface Doubt {
  runNo: number;
  /** The revision of the run before it, and the one it gives it. */
  was: string;
  revision: string;
  /** The sequence of the first event that came with it. */
  first: number;
  claiming: Claiming;
}

/** Claims of this process that nobody has heard of, so that nobody carries their runs. */
export interface Doubts {
  note(id: string, doubt: Doubt): void;
  has(id: string): boolean;
  /** Takes the claim back, if it was done: whoever asks again finds the run as it was before. */
  settle(id: string): Promise<void>;
}

/** More are of no use: their leases end meanwhile, and with that their runs. */
const LIMIT = 1000;

export function createDoubts(
  inTransaction: (work: (db: Kysely<Tables>) => Promise<boolean>) => Promise<boolean>,
  runs: KnownRuns,
): Doubts {
  const doubts = new Map<string, Doubt>();
  return {
    note(id, doubt) {
      doubts.set(id, doubt);
      const oldest = doubts.keys().next().value;
      if (doubts.size > LIMIT && oldest !== undefined) doubts.delete(oldest);
    },
    has: (id) => doubts.has(id),
    async settle(id) {
      const doubt = doubts.get(id);
      if (!doubt || !(await inTransaction((db) => isSettled(db, doubt)))) return;
      doubts.delete(id);
      runs.drop(id);
    },
  };
}

/** False while the claim may still come. */
async function isSettled(db: Kysely<Tables>, doubt: Doubt): Promise<boolean> {
  const { runNo, was, revision, first, claiming } = doubt;
  const row = await db
    .selectFrom('runs')
    .select('revision')
    .where('run_no', '=', runNo)
    .forUpdate()
    .executeTakeFirst();
  if (row?.revision === was) return false;
  if (row?.revision !== revision) return true;
  await db.deleteFrom('run_events').where('run_no', '=', runNo).where('sequence', '>=', first).execute();
  await db
    .deleteFrom('spent_codes')
    .where('profile_id', '=', claiming.profileId)
    .where('code_digest', '=', claiming.codeDigest)
    .execute();
  const unclaimed = { submission_digest: null, number_hmac: null, instance: null, lease_until: 0 };
  const columns = flightColumns(runFrom(await eventsOf(db, runNo)));
  await db
    .updateTable('runs')
    .set({ ...columns, ...unclaimed, revision: was })
    .where('run_no', '=', runNo)
    .execute();
  return true;
}
