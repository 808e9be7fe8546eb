import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';

import { addKey, digestOfKey } from '../../../backend/access/access-key.ts';
import { offerKey } from '../../../backend/access/pairing.ts';
import { openSqliteDoor } from '../../../backend/store/door/open-sqlite-door.ts';
import { UnusableStore } from '../../../backend/store/storage-error.ts';
import { testDoorStore } from './door-contract.ts';

testDoorStore('the door in SQLite (B1, T32)', () => openSqliteDoor({ folder: null }));

describe('door.db', () => {
  let folder: string;
  const folders: string[] = [];
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'door-'));
    folders.push(folder);
  });
  afterAll(() => {
    for (const one of folders) rmSync(one, { recursive: true });
  });

  test('a command and a backend have it at the same time, and each sees what the other did', async () => {
    const [command, backend] = [
      await openSqliteDoor({ folder, durable: true }),
      await openSqliteDoor({ folder }),
    ];
    const { key, kept } = await addKey(command, { label: 'x', scope: 'run', expiresAt: null }, 1);
    expect(await backend.keyOf(digestOfKey(key))).toEqual(kept);
    await command.revokeKey(kept.id, 2);
    expect((await backend.keyOf(digestOfKey(key)))?.revokedAt).toBe(2);
    await Promise.all([command.close(), backend.close()]);
  });

  test('sealed bytes outlive a restart, as the hand-off does that needs them', async () => {
    const before = await openSqliteDoor({ folder });
    await before.sealed.put('handoff', Buffer.from('sealed'), Date.now() + 60_000);
    await before.close();
    const after = await openSqliteDoor({ folder });
    expect(await after.sealed.take('handoff')).toEqual(Buffer.from('sealed'));
    await after.close();
  });

  test('holds neither a key nor a code in clear, and is its user’s alone (PR3)', async () => {
    const door = await openSqliteDoor({ folder });
    const { key } = await addKey(door, { label: 'x', scope: 'run', expiresAt: null }, 1);
    const code = await offerKey(door, key, 1);
    await door.close();
    const files = readdirSync(folder).map((name) => path.join(folder, name));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      for (const secret of [key, key.slice(4), code]) expect(readFileSync(file).includes(secret)).toBe(false);
    }
  });

  test('one that is no database is not replaced: every extension would have to be paired again', async () => {
    writeFileSync(path.join(folder, 'door.db'), 'no database at all'.repeat(300));
    const refused = await openSqliteDoor({ folder }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UnusableStore);
    expect(refused).toMatchObject({
      code: 'storage.unavailable',
      message: expect.stringContaining('door.db'),
    });
    expect(readFileSync(path.join(folder, 'door.db'), 'utf8')).toContain('no database');
  });
});
