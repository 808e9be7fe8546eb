/** A data folder of its own for each test, and a SQLite store in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';

import { openSqliteRunStore } from '../../../backend/store/sqlite/sqlite-run-store.ts';

export interface SqliteFolder {
  /** The folder of the test under way. */
  readonly folder: string;
  file(): string;
  open(maxPages?: number): ReturnType<typeof openSqliteRunStore>;
}

/** Call it at the top of a test file. */
export function useSqliteFolder(): SqliteFolder {
  let root: string;
  let folder: string;
  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), 'runs-'));
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(root, 'data-'));
  });
  afterAll(() => rmSync(root, { recursive: true }));
  return {
    get folder() {
      return folder;
    },
    file: () => path.join(folder, 'runs.db'),
    open: (maxPages) => openSqliteRunStore({ folder, instance: 'one', ...(maxPages ? { maxPages } : {}) }),
  };
}
