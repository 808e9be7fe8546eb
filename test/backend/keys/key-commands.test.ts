import { beforeEach, describe, expect, test } from 'vitest';

import { fetchKey } from '../../../backend/access/pairing.ts';
import { KEY_COMMANDS, type KeyTools } from '../../../backend/keys/key-commands.ts';
import { readSpan } from '../../../backend/keys/span.ts';
import type { DoorStore } from '../../../backend/store/door/door-store.ts';
import { openSqliteDoor } from '../../../backend/store/door/open-sqlite-door.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY_MS = 86_400_000;
let door: DoorStore;
let tools: KeyTools;
beforeEach(async () => {
  door = await openSqliteDoor({ folder: null });
  tools = { door, base: 'https://verify.example', now: NOW };
});

const run = (name: string, words: string[], options = {}) =>
  KEY_COMMANDS[name]?.(words, options, tools) ?? Promise.reject(new Error('no such command'));
const keyIn = (text: string) => /nvi_[\w-]{32}/.exec(text)?.[0] ?? '';

describe('npm run keys', () => {
  test('add shows a key once, with a link that fetches the same key, and keeps neither', async () => {
    const shown = await run('add', ['Pixel 8 Berlin'], { expires: '30d' });
    const code = /https:\/\/verify\.example\/pair#([\w-]{22})\n/.exec(shown)?.[1] ?? '';
    expect(await fetchKey(door, code, NOW)).toBe(keyIn(shown));
    const [kept] = await door.keys();
    expect(kept).toMatchObject({ label: 'Pixel 8 Berlin', scope: 'run', expiresAt: NOW + 30 * DAY_MS });
    const listed = await run('list', []);
    expect(listed).toContain('Pixel 8 Berlin');
    expect(listed).not.toContain(keyIn(shown));
    expect(listed).not.toContain(code);
  });

  test('rotate gives the same owner another key, and ends the old one now or after a while', async () => {
    await run('add', ['Pixel'], { scope: 'admin', expires: '30d' });
    const [first] = await door.keys();
    await run('rotate', [first?.id ?? ''], { overlap: '1d' });
    const second = (await door.keys()).find(({ id }) => id !== first?.id);
    expect(second).toMatchObject({ ownerId: first?.ownerId, scope: 'admin', label: 'Pixel' });
    expect((await door.keys()).find(({ id }) => id === first?.id)?.expiresAt).toBe(NOW + DAY_MS);
    await run('rotate', [second?.id ?? '']);
    expect((await door.keys()).find(({ id }) => id === second?.id)?.revokedAt).toBe(NOW);
    await expect(run('rotate', [second?.id ?? ''])).rejects.toThrow(/is revoked/);
  });

  test('add --owner gives a person a key for another device', async () => {
    await run('add', ['Ana, laptop']);
    const [laptop] = await door.keys();
    await run('add', ['Ana, phone'], { owner: laptop?.ownerId });
    expect(new Set((await door.keys()).map(({ ownerId }) => ownerId)).size).toBe(1);
  });

  test('revoke takes an id or a name that means one key, and says what it did', async () => {
    await run('add', ['Pixel']);
    expect(await run('revoke', ['Pixel'])).toMatch(/is revoked/);
    expect((await door.keys())[0]?.revokedAt).toBe(NOW);
    expect(await run('list', [])).toContain('revoked');
  });

  test.each([
    ['add', [], {}, /Name the person/],
    ['add', ['Pixel', '8'], {}, /in quotes/],
    ['add', ['x'.repeat(81)], {}, /Name the person/],
    ['add', ['Pixel'], { scope: 'root' }, /read or admin/],
    ['add', ['Pixel'], { expires: 'tomorrow' }, /--expires is "tomorrow".*30d/],
    ['add', ['Pixel'], { expires: '0d' }, /--expires/],
    ['add', ['Pixel'], { owner: 'nobody' }, /no owner "nobody"/],
    ['revoke', ['k_0'], {}, /keys -- list/],
    ['rotate', [], {}, /keys -- list/],
  ])('%s %j %j says what to do instead', async (name, words, options, sentence) => {
    await expect(run(name, words, options)).rejects.toThrow(sentence);
    expect(await door.keys()).toEqual([]);
  });
});

test('a span is minutes, hours or days', () => {
  expect(['90m', '12h', '30d'].map((one) => readSpan('--expires', one))).toEqual([
    5_400_000,
    43_200_000,
    30 * DAY_MS,
  ]);
});
