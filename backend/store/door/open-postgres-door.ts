import { Kysely, PostgresDialect } from 'kysely';

import { migrate } from '../database/migrate.ts';
import { openPool, PATIENT } from '../postgres/open-pool.ts';
import { storageFaultOf } from '../postgres/postgres-faults.ts';
import { unusable } from '../postgres/unusable.ts';
import { UnusableStore } from '../storage-error.ts';
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
  return createDoorStore(db, storageFaultOf, createSealed(db, Date.now), fleeting);
}
