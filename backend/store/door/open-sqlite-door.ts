import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';

import { migrate } from '../database/migrate.ts';
import { NodeSqliteDialect } from '../sqlite/node-sqlite-dialect.ts';
import { BUSY_MS } from '../sqlite/open-database.ts';
import { storageFaultOf } from '../sqlite/sqlite-faults.ts';
import { UnusableStore } from '../storage-error.ts';
import { createDoorStore } from './create-door-store.ts';
import type { DoorStore } from './door-store.ts';
import { DOOR_PLAN, type DoorTables } from './door-tables.ts';
import { createSealed } from './sealed.ts';

interface SqliteDoorOptions {
  /** Holds `door.db`; null keeps all of it in memory. */
  folder: string | null;
  /** Whether each commit waits for the disk: for who changes keys, and counts nothing. */
  durable?: boolean;
  /** UTC milliseconds. */
  now?: () => number;
}

/**
 * In a file beside the runs, which a command may open while the backend has it: nothing here is worth a thread of its
 * own.
 */
export async function openSqliteDoor({
  folder,
  durable = false,
  now = Date.now,
}: SqliteDoorOptions): Promise<DoorStore> {
  const file = folder === null ? ':memory:' : join(folder, 'door.db');
  try {
    if (folder !== null) {
      closeSync(openSync(file, 'a', 0o600));
      chmodSync(file, 0o600);
    }
    const sqlite = new DatabaseSync(file, { timeout: BUSY_MS });
    sqlite.exec(
      `pragma journal_mode = wal; pragma synchronous = ${durable ? 'full' : 'normal'};
      pragma trusted_schema = off; pragma secure_delete = on;`,
    );
    const db = new Kysely<DoorTables>({ dialect: new NodeSqliteDialect(sqlite) });
    await migrate(db, DOOR_PLAN, `"${file}"`);
    return createDoorStore(db, storageFaultOf, createSealed(db, now));
  } catch (error) {
    if (error instanceof UnusableStore) throw error;
    throw new UnusableStore(
      'storage.unavailable',
      `"${file}" cannot be opened (${(error as Error).message}). See that it is a file this user may write. Deleted, it is made anew, and every extension has to be paired again.`,
      { cause: error },
    );
  }
}
