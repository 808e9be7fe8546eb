import { Kysely, PostgresDialect } from 'kysely';

import { migrate } from '../database/migrate.ts';
import { createAsk } from '../postgres/ask.ts';
import { openPool, PATIENT } from '../postgres/open-pool.ts';
import { storageFaultOf } from '../postgres/postgres-faults.ts';
import { unusable } from '../postgres/unusable.ts';
import { UnusableStore } from '../storage-error.ts';
import { type FindKey, KEY_COLUMNS } from './access-keys.ts';
import { createDoorStore } from './create-door-store.ts';
import type { DoorStore } from './door-store.ts';
import { DOOR_PLAN, type DoorTables } from './door-tables.ts';
import { createSealed } from './sealed.ts';

/** In the database that the runs are in, for every instance. */
export async function openPostgresDoor(url: string, report: (error: unknown) => void): Promise<DoorStore> {
  const patient = openPool(url, report, PATIENT);
  try {
    const db = new Kysely<DoorTables>({ dialect: new PostgresDialect({ pool: patient }) });
    await migrate(db, DOOR_PLAN, 'the PostgreSQL database');
  } catch (error) {
    throw error instanceof UnusableStore ? error : unusable(error);
  } finally {
    await patient.end();
  }
  const pool = openPool(url, report);
  const db = new Kysely<DoorTables>({ dialect: new PostgresDialect({ pool }) });
  // Hits of a minute are worth no wait for the disk, and one connection, because one statement counts for all callers.
  const quick = openPool(url, report, { max: 1, options: '-c jit=off -c synchronous_commit=off' });
  const fleeting = new Kysely<DoorTables>({ dialect: new PostgresDialect({ pool: quick }) });
  const ask = createAsk(pool);
  // Every request asks for one. Columns by name: a statement that is kept fails once `*` means more of them.
  const findKey: FindKey = (digest) =>
    ask(`select ${KEY_COLUMNS.join()} from access_keys where key_digest = $1`, digest);
  return createDoorStore(db, storageFaultOf, createSealed(db, Date.now), fleeting, findKey);
}
