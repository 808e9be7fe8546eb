import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addKey, digestOfKey } from '../../../backend/access/access-key.ts';
import { openSqliteDoor } from '../../../backend/store/door/open-sqlite-door.ts';
import type { RunStore } from '../../../backend/store/run-store.ts';
import { openSqliteRunStore } from '../../../backend/store/sqlite/sqlite-run-store.ts';
import { runOf } from '../../support/fixtures.ts';
import { created, profile } from './contract.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'backup-'));
});
afterAll(() => rmSync(root, { recursive: true }));

const folderOf = (name: string) => mkdtempSync(path.join(root, `${name}-`));
const put = async (store: RunStore) => {
  const run = runOf(profile);
  await store.create(run, created(run), 'digest');
  return run.id;
};

/** As a person calls it. */
async function backup(folder: string, file?: string): Promise<{ code: number; text: string }> {
  const program = fileURLToPath(new URL('../../../backend/backup.ts', import.meta.url));
  const { PATH = '' } = process.env;
  const env = { PATH, NV_DATA_DIR: folder };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...(file ? [file] : [])], {
      env,
      cwd: root,
    });
    return { code: 0, text: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, text: stderr };
  }
}

test('a backup beside a backend that goes on writing has all that was acknowledged before, and can be restored (PR4)', async () => {
  const folder = folderOf('data');
  const store = await openSqliteRunStore({ folder, instance: 'one' });
  const before = await Promise.all(Array.from({ length: 200 }, () => put(store)));
  let writing = true;
  const writer = (async () => {
    while (writing) await put(store);
  })();
  const file = path.join(root, 'runs-of-today.db');
  const { code, text } = await backup(folder, file);
  writing = false;
  await writer;
  await store.close();
  expect([code, text]).toEqual([0, expect.stringMatching(/^\d+ runs in /)]);
  expect(Number.parseInt(text, 10)).toBeGreaterThanOrEqual(before.length);
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600');

  // As docs/operating.md says: into a folder, under its name, and start.
  const restored = folderOf('restored');
  copyFileSync(file, path.join(restored, 'runs.db'));
  const again = await openSqliteRunStore({ folder: restored, instance: 'two' });
  const read = await Promise.all(before.map((id) => again.read(id)));
  expect(read.every(Boolean)).toBe(true);
  await put(again);
  await again.close();
});

test('a team’s backup has its keys and whose runs are whose beside the runs (PR4)', async () => {
  const folder = folderOf('team');
  const store = await openSqliteRunStore({ folder, instance: 'one' });
  await put(store);
  const door = await openSqliteDoor({ folder });
  const { key, kept } = await addKey(door, { label: 'x', scope: 'run', expiresAt: null }, 1);
  const file = path.join(root, 'team.db');
  const doorFile = path.join(root, 'team.door.db');
  expect(await backup(folder, file)).toMatchObject({
    code: 0,
    text: expect.stringMatching(/1 runs in .*team\.db, 1 access keys in .*team\.door\.db/),
  });
  expect((statSync(doorFile).mode & 0o777).toString(8)).toBe('600');
  await door.close();
  await store.close();

  const restored = folderOf('team-restored');
  copyFileSync(doorFile, path.join(restored, 'door.db'));
  const again = await openSqliteDoor({ folder: restored });
  expect(await again.keyOf(digestOfKey(key))).toEqual(kept);
  await again.close();

  // Both or none.
  rmSync(file);
  expect(await backup(folder, file)).toMatchObject({
    code: 2,
    text: expect.stringMatching(/team\.door\.db" exists already/),
  });
  expect(existsSync(file)).toBe(false);
});

test('a backup that cannot be is one sentence and code 2, and writes over nothing', async () => {
  const folder = folderOf('data');
  expect(await backup(folder, path.join(root, 'none.db'))).toMatchObject({
    code: 2,
    text: expect.stringMatching(/NV_DATA_DIR/),
  });
  expect(existsSync(path.join(root, 'none.db'))).toBe(false);
  expect(await backup(folder)).toMatchObject({ code: 2, text: expect.stringMatching(/Name the file/) });

  const store = await openSqliteRunStore({ folder, instance: 'one' });
  await store.close();
  const there = path.join(root, 'there.db');
  writeFileSync(there, 'mine');
  expect(await backup(folder, there)).toMatchObject({
    code: 2,
    text: expect.stringMatching(/exists already/),
  });
  expect(statSync(there).size).toBe(4);
});
