import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

import { storageUnavailable } from '../storage-error.ts';
import { BUSY_MS } from './open-database.ts';

const TRIES = 10;
const PAUSE_MS = 200;

/**
 * Moves all of the write-ahead log into the file and cuts it off, so that nothing that was overwritten is left in it.
 * Whoever reads from the log keeps that from happening, and is given two seconds to come to an end.
 */
export async function emptyLog(sqlite: DatabaseSync): Promise<void> {
  for (let tries = 1; !isEmptied(sqlite); tries += 1) {
    if (tries === TRIES) throw storageUnavailable(new Error('The log is being read'));
    await delay(PAUSE_MS);
  }
}

/** Without waiting, which would hold up the writes: they go on between two tries. */
function isEmptied(sqlite: DatabaseSync): boolean {
  sqlite.exec('pragma busy_timeout = 0');
  try {
    return sqlite.prepare('pragma wal_checkpoint(truncate)').get()?.busy === 0;
  } finally {
    sqlite.exec(`pragma busy_timeout = ${BUSY_MS}`);
  }
}
