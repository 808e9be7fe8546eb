import { StorageError, storageFull, storageUnavailable } from '../storage-error.ts';

/** Primary result codes (sqlite.org/rescode.html). */
const FULL = 13;
const BUSY = 5;
const CORRUPT = [11, 26];
/** LOCKED, READONLY, IOERR, CANTOPEN, PROTOCOL: the file, the disk or another program. */
const OUT_OF_REACH = [6, 8, 10, 14, 15];

/** What an error of SQLite means to whoever asked; null for one that is our own mistake. */
export function storageFaultOf(error: unknown): StorageError | null {
  if (error instanceof StorageError) return error;
  const code = sqliteCode(error);
  if (code === FULL) return storageFull(error);
  return code === BUSY || CORRUPT.includes(code) || OUT_OF_REACH.includes(code)
    ? storageUnavailable(error)
    : null;
}

export const isBusy = (error: unknown) => sqliteCode(error) === BUSY;
export const isCorrupt = (error: unknown) => CORRUPT.includes(sqliteCode(error));

function sqliteCode(error: unknown): number {
  const extended = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  return extended & 0xff;
}
