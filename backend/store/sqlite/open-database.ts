import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

import { UnusableStore } from '../storage-error.ts';
import { isCorrupt } from './sqlite-faults.ts';

/** A file up to this size is checked whole at every start: that takes less than a second (bytes). */
const ALWAYS_CHECKED = 64 * 1024 * 1024;

/** How long whoever holds the file is waited for (ms). */
export const BUSY_MS = 5000;

/** Whoever opens the file opens it like this: what is committed is on the disk, and nothing in the file is trusted to be code. */
const SETTINGS = `
  pragma synchronous = full;
  pragma foreign_keys = on;
  pragma trusted_schema = off;
  pragma secure_delete = on;
  pragma journal_size_limit = 67108864;
  pragma cache_size = -65536;
  pragma temp_store = memory;
  pragma wal_autocheckpoint = 4000;
`;

export function openReader(file: string): DatabaseSync {
  const sqlite = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  sqlite.exec(SETTINGS);
  return sqlite;
}

/** Opens the store for writing, or says what is wrong with its file. It is never made anew where one has been. */
export function openWriter(file: string, before: { unclean: boolean; hadStore: boolean }): DatabaseSync {
  const size = sizeOf(file, before.hadStore);
  let sqlite: DatabaseSync | null = null;
  try {
    // SQLite would make it readable for everyone; the files it adds take their mode from it.
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
    sqlite = new DatabaseSync(file, { timeout: BUSY_MS });
    sqlite.exec(`pragma journal_mode = wal; ${SETTINGS}`);
    if (before.unclean || size < ALWAYS_CHECKED || isShort(sqlite, size)) check(sqlite, file);
    return sqlite;
  } catch (error) {
    sqlite?.close();
    if (error instanceof UnusableStore) throw error;
    throw isCorrupt(error) ? corrupt(file, error) : unavailable(file, error);
  }
}

function sizeOf(file: string, hadStore: boolean): number {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found && hadStore) {
    throw new UnusableStore(
      'storage.unavailable',
      `"${file}" is gone, although this folder had one. Restore it from a backup, or delete runs.lock beside it to begin without any run.`,
    );
  }
  if (found && !found.isFile()) throw unavailable(file, new Error('not a file'));
  // SQLite takes an empty file for a new database.
  if (found?.size === 0 && hadStore) throw corrupt(file, new Error('empty'));
  return found?.size ?? 0;
}

/** Whether the end of the file is missing, by what the file itself says of its length. */
function isShort(sqlite: DatabaseSync, size: number): boolean {
  const number = (pragma: string) => Number(Object.values(sqlite.prepare(`pragma ${pragma}`).get() ?? {})[0]);
  return number('page_count') * number('page_size') > size;
}

function check(sqlite: DatabaseSync, file: string): void {
  const [first] = sqlite.prepare('pragma quick_check(1)').all();
  if (first?.quick_check !== 'ok') throw corrupt(file, new Error(String(first?.quick_check)));
}

const corrupt = (file: string, cause: unknown) =>
  new UnusableStore(
    'storage.corrupt',
    `"${file}" is damaged (${(cause as Error).message}). Move it away and restore a backup; docs/operating.md says how to rescue what it still holds.`,
    { cause },
  );

const unavailable = (file: string, cause: unknown) =>
  new UnusableStore(
    'storage.unavailable',
    `"${file}" cannot be opened for writing (${(cause as Error).message}). See that it is a file this user may write, on a disk with free space.`,
    { cause },
  );
