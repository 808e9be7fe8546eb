/** What is said of a file that somebody or something has spoilt. */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openSqliteRunStore } from '../../../backend/store/sqlite/sqlite-run-store.ts';
import { putRuns } from './put-runs.ts';
import { useSqliteFolder } from './sqlite-folder.ts';

const sqlite = useSqliteFolder();
const { open, file } = sqlite;

describe('a file that is spoilt is named, and never made anew (S6)', () => {
  const spoilt: [how: string, spoil: () => void, code: string][] = [
    ['deleted', () => rmSync(file()), 'storage.unavailable'],
    ['emptied', () => truncateSync(file(), 0), 'storage.corrupt'],
    ['cut off', () => truncateSync(file(), 40_000), 'storage.corrupt'],
    ['cut off within a page', () => truncateSync(file(), 41_000), 'storage.corrupt'],
    ['flipped in its header', () => flip(5), 'storage.corrupt'],
    ['flipped in a page', () => flip(4096 + 3, 200), 'storage.corrupt'],
    ['overwritten', () => writeFileSync(file(), 'no database'.repeat(1000)), 'storage.corrupt'],
  ];
  // Made once: what is spoilt is each time a copy of it.
  let healthy: string;
  beforeAll(async () => {
    healthy = mkdtempSync(path.join(tmpdir(), 'healthy-'));
    const store = await openSqliteRunStore({ folder: healthy, instance: 'one' });
    await putRuns(store, 30);
    await store.close();
  });
  afterAll(() => rmSync(healthy, { recursive: true }));

  test.each(spoilt)('%s', async (_how, spoil, code) => {
    cpSync(healthy, sqlite.folder, { recursive: true });
    spoil();
    const left = existsSync(file()) ? readFileSync(file()) : null;
    const refused = await open().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code, message: expect.stringContaining(file()) });
    expect(existsSync(file()) ? readFileSync(file()) : null).toEqual(left);
  });

  test('a start that failed does not stand in the way of the next one', async () => {
    cpSync(healthy, sqlite.folder, { recursive: true });
    truncateSync(file(), 0);
    for (const _time of [1, 2]) await expect(open()).rejects.toMatchObject({ code: 'storage.corrupt' });
  });

  test('after a stop that was not clean even one that is long is looked through', async () => {
    const store = await open();
    await putRuns(store);
    await store.close();
    writeFileSync(path.join(sqlite.folder, 'runs.open'), '1\n');
    flip(4096 + 3, 200);
    await expect(open()).rejects.toMatchObject({ code: 'storage.corrupt' });
  });

  test('a schema that cannot be brought up to date is left as it was (K11)', async () => {
    const database = new DatabaseSync(file());
    database.exec('create table spent_codes (something text)');
    database.close();
    await expect(open()).rejects.toMatchObject({ code: 'storage.unavailable' });
    const after = new DatabaseSync(file());
    const tables = after.prepare("select name from sqlite_schema where type = 'table'").all();
    expect(tables.map(({ name }) => name)).not.toContain('runs');
    after.close();
  });
});

function flip(at: number, length = 1): void {
  const descriptor = openSync(file(), 'r+');
  writeSync(descriptor, Buffer.alloc(length, 0xa5), 0, length, at);
}
