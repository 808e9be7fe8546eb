import type { Kysely } from 'kysely';

import { createBatches } from '../batches.ts';
import type { RunWrites } from '../database/run-writes.ts';
import { POSTGRES } from '../database/sql-dialect.ts';
import type { Tables } from '../database/tables.ts';

type WritesOn = (on: Kysely<Tables>) => Pick<RunWrites, 'append'>;
interface End {
  id: string;
  text: string;
}

/**
 * Ends runs, those that end at the same time in one transaction. Runs under the same conditions are counted in one row:
 * one by one, each would wait until the disk has what the one before it did there.
 */
export function createEnding(
  db: Kysely<Tables>,
  writesOn: WritesOn,
): (id: string, text: string) => Promise<void> {
  const endAll = (ends: readonly End[]) =>
    db.transaction().execute(async (transaction) => {
      // Two who count in several rows, each in an order of its own, would wait for each other.
      await POSTGRES.oneAtATime(transaction, 'counting');
      for (const { id, text } of ends) await writesOn(transaction).append(id, text);
    });
  const batch = createBatches<End>(async (ends) => {
    try {
      await endAll(ends);
      return ends.map(() => ({ value: undefined }));
    } catch (error) {
      if (ends.length === 1) return [{ error }];
      // One of them cannot be ended so: each by itself.
      const apart = await Promise.allSettled(ends.map((one) => endAll([one])));
      return apart.map((one) => (one.status === 'fulfilled' ? { value: undefined } : { error: one.reason }));
    }
  });
  return (id, text) => batch({ id, text });
}
