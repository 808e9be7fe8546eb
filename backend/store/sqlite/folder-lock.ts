import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { UnusableStore } from '../storage-error.ts';
import { isBusy } from './sqlite-faults.ts';

export interface FolderLock {
  /** Whether the last backend here ended without closing its store. */
  unclean: boolean;
  /** Whether a store was made here before, which therefore has to be there. */
  hadStore: boolean;
  /** Says for the next start that there is a store now. */
  storeMade(): void;
  /** After everything is closed. */
  release(): void;
}

/**
 * The folder is one backend's. SQLite alone would let two of them write, each with leases and memories of its own. The
 * lock is the operating system's on a file of SQLite's, so that it goes with the process, however that dies.
 */
export function lockFolder(folder: string): FolderLock {
  const marker = join(folder, 'runs.open');
  const lock = open(folder, marker);
  const hadStore = lock.prepare('pragma user_version').get()?.user_version === 1;
  const unclean = readMarker(marker) !== null;
  writeFileSync(marker, `${process.pid}\n`, { mode: 0o600 });
  return {
    unclean,
    hadStore,
    storeMade() {
      if (hadStore) return;
      lock.exec('pragma user_version = 1; commit; begin exclusive');
    },
    release() {
      rmSync(marker, { force: true });
      lock.close();
    },
  };
}

function open(folder: string, marker: string): DatabaseSync {
  const file = join(folder, 'runs.lock');
  let lock: DatabaseSync | null = null;
  try {
    // Not where it is there: closing a file gives up every lock that this process has on it.
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec('begin exclusive');
    return lock;
  } catch (error) {
    lock?.close();
    if (!isBusy(error)) {
      throw new UnusableStore(
        'storage.unavailable',
        `"${file}" cannot be used (${(error as Error).message}). Make the folder writable and delete that file.`,
        { cause: error },
      );
    }
    throw new UnusableStore(
      'storage.locked',
      `Another backend (process ${readMarker(marker) ?? 'unknown'}) has the data folder "${folder}". Stop it, or name another folder in NV_DATA_DIR.`,
    );
  }
}

function readMarker(marker: string): string | null {
  try {
    return readFileSync(marker, 'utf8').trim();
  } catch {
    return null;
  }
}
