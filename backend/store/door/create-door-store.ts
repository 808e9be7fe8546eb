import { type Kysely, sql } from 'kysely';

import type { SealedStore } from '../sealed-store.ts';
import type { StorageError } from '../storage-error.ts';
import { createAccessKeys, type FindKey } from './access-keys.ts';
import { createCounts } from './counts.ts';
import type { DoorStore } from './door-store.ts';
import type { DoorTables } from './door-tables.ts';
import { createHandoffs } from './handoffs.ts';

/** Counts of days past are of use to whoever asks what was spent (ms). */
const CALLS_KEPT_MS = 90 * 86_400_000;

/** Over a database whose schema is up to date. `faultOf` knows what its errors mean; `fleeting` see `createCounts`. */
export function createDoorStore(
  db: Kysely<DoorTables>,
  faultOf: (error: unknown) => StorageError | null,
  sealed: SealedStore,
  fleeting = db,
  findKey?: FindKey,
): DoorStore {
  const parts = {
    ...createAccessKeys(db, findKey),
    ...createHandoffs(db),
    ...createCounts(db, fleeting),
    async agreeOn(name: string, value: string) {
      await db
        .insertInto('agreed')
        .values({ name, value })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await db.selectFrom('agreed').select('value').where('name', '=', name).executeTakeFirst();
      return row?.value ?? value;
    },
    async clear(before: number) {
      for (const table of ['pairings', 'handoffs', 'sealed', 'hits'] as const)
        await db.deleteFrom(table).where('expires_at', '<=', before).execute();
      const oldest = new Date(before - CALLS_KEPT_MS).toISOString().slice(0, 10);
      await db.deleteFrom('operator_calls').where('day', '<', oldest).execute();
    },
    async ready() {
      await sql`select 1 from access_keys limit 1`.execute(db);
    },
  };
  return {
    ...reaching(parts, faultOf),
    sealed: reaching({ ...sealed }, faultOf),
    async close() {
      await db.destroy();
      if (fleeting !== db) await fleeting.destroy();
    },
  };
}

type Calls = Record<string, (...args: never[]) => Promise<unknown>>;

/** The same calls, with errors under their names. */
function reaching<C>(calls: C & Calls, faultOf: (error: unknown) => StorageError | null): C {
  const named = Object.entries(calls).map(([name, call]) => [
    name,
    (...args: never[]) =>
      call(...args).catch((error: unknown) => {
        throw faultOf(error) ?? error;
      }),
  ]);
  return Object.fromEntries(named) as C;
}
