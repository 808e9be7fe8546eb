/** The file itself: who may have it, what survives, and what is said of one that is spoilt. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';

import { runOf } from '../../support/fixtures.ts';
import { appendTo, claim, spend } from '../../support/write-to.ts';
import { created, ended, profile } from './contract.ts';
import { putRuns } from './put-runs.ts';
import { useSqliteFolder } from './sqlite-folder.ts';

const sqlite = useSqliteFolder();
const { open, file } = sqlite;

test('what was acknowledged is there after a restart (PR4)', async () => {
  const first = await open();
  const ids = await putRuns(first, 50);
  await appendTo(first, ids[0] ?? '', [ended]);
  expect(await claim(first, ids[1] ?? '', 'a')).toBe('claimed');
  expect(await spend(first, 'one', 'code')).toBe(true);
  await first.close();
  expect(readdirSync(sqlite.folder).toSorted()).toEqual(['runs.db', 'runs.lock']);

  const second = await open();
  const read = await Promise.all(ids.map((id) => second.read(id)));
  expect(read.every(Boolean)).toBe(true);
  expect(read[0]?.run.verdict).toBe('match');
  expect(await claim(second, ids[1] ?? '', 'b')).toBe('conflict');
  expect(await spend(second, 'one', 'code')).toBe(false);
  await second.close();
});

test('runs of the backend before are handed out to be ended, at once and once (K3)', async () => {
  const first = await open();
  const [carried = '', ended_ = '', unclaimed = ''] = await putRuns(first, 3);
  for (const id of [carried, ended_]) await claim(first, id, 'a');
  await appendTo(first, ended_, [{ ...ended, sequence: 3 }]);
  expect(await first.takeExpired()).toEqual([]);
  await first.close();
  const second = await open();
  expect(await second.takeExpired()).toEqual([carried]);
  expect(await second.takeExpired()).toEqual([]);
  expect(await second.abandoned(Date.now() + 1)).toEqual([unclaimed]);
  await second.close();
});

test('only its user may read it', async () => {
  const store = await open();
  await putRuns(store);
  const modes = readdirSync(sqlite.folder)
    .toSorted()
    .map((name) => [name, (statSync(path.join(sqlite.folder, name)).mode & 0o777).toString(8)]);
  expect(modes).toEqual(['db', 'db-shm', 'db-wal', 'lock', 'open'].map((end) => [`runs.${end}`, '600']));
  await store.close();
});

test('a number that was forgotten is in no file any more (PR3)', async () => {
  const store = await open();
  const run = runOf(profile, { number: { mask: '+44 •••• •••901', country: 'GB' } });
  await store.create(run, created(run), 'digest');
  await claim(store, run.id, 'a', { numberHmac: 'hmac-of-the-number' });
  const found = () =>
    readdirSync(sqlite.folder)
      .map((name) => readFileSync(path.join(sqlite.folder, name)))
      .map((bytes) => bytes.includes('•••901') || bytes.includes('hmac-of-the-number'));
  expect(found()).toContain(true);
  expect(await store.forgetNumber('hmac-of-the-number')).toBe(1);
  expect(found()).not.toContain(true);
  await store.close();
});

test('nobody is told that a number is forgotten while a reader keeps it in the log; it goes with the next time (PR3)', async () => {
  const store = await open();
  const run = runOf(profile, { number: { mask: '+44 •••• •••902', country: 'GB' } });
  await store.create(run, created(run), 'digest');
  await claim(store, run.id, 'a', { numberHmac: 'hmac-of-another' });
  const reader = new DatabaseSync(file(), { readOnly: true });
  reader.exec('begin');
  reader.prepare('select count(*) from runs').get();
  const found = () =>
    readdirSync(sqlite.folder)
      .map((name) => readFileSync(path.join(sqlite.folder, name)))
      .some((bytes) => bytes.includes('•••902') || bytes.includes('hmac-of-another'));
  const refused = expect(store.forgetNumber('hmac-of-another')).rejects.toMatchObject({
    code: 'api.storage_unavailable',
  });
  // Writes go on meanwhile.
  expect(await spend(store, 'one', 'code')).toBe(true);
  await refused;
  expect(found()).toBe(true);
  reader.close();
  expect(await store.forgetNumber('hmac-of-another')).toBe(0);
  expect(found()).toBe(false);
  await store.close();
});

test('a counter that was emptied is gone after the next start, and counting goes on (S16)', async () => {
  const first = await open();
  const [id = ''] = await putRuns(first);
  await appendTo(first, id, [ended]);
  await first.delete(id);
  await first.close();
  const cells = () => {
    const db = new DatabaseSync(file(), { readOnly: true });
    const { count } = db.prepare('select count(*) as count from cells').get() ?? {};
    db.close();
    return count;
  };
  expect(cells()).toBe(1);
  const second = await open();
  expect(cells()).toBe(0);
  await appendTo(second, (await putRuns(second))[0] ?? '', [ended]);
  expect((await second.coverage({ rows: 'place', columns: 'campaign' })).total).toMatchObject({
    asExpected: 1,
  });
  await second.close();
});

describe('a disk that is full (S5)', () => {
  test('refuses by name, acknowledges nothing, still reads, and goes on when there is space', async () => {
    await (await open()).close();
    const before = statSync(file()).size / 4096;
    const store = await open(before + 30);
    const [first = ''] = await putRuns(store);
    const outcomes: string[] = [];
    const refused: string[] = [];
    for (let round = 0; !outcomes.includes('api.storage_full'); round += 1) {
      const run = { ...runOf(profile), scenario: 'x'.repeat(5000) };
      const outcome = await store.create(run, created(run), 'digest').catch(({ code }) => code as string);
      outcomes.push(outcome === true ? 'made' : String(outcome));
      if (outcome !== true) refused.push(run.id);
      if (round > 1000) throw new Error('It never filled up');
    }
    expect(new Set(outcomes)).toEqual(new Set(['made', 'api.storage_full']));
    expect(await store.read(first)).not.toBeNull();
    expect(await store.read(refused[0] ?? '')).toBeNull();
    await store.close();

    const spacious = await open();
    expect((await spacious.list({}, null, 1000)).runs).toHaveLength(outcomes.length);
    await putRuns(spacious);
    await spacious.close();
  });
});

test('a program that holds the file is waited for, and then named; the store goes on after it (S8)', async () => {
  const store = await open();
  const other = new DatabaseSync(file());
  other.exec('begin immediate');
  await expect(spend(store, 'one', 'code')).rejects.toMatchObject({ code: 'api.storage_unavailable' });
  other.exec('rollback');
  other.close();
  expect(await spend(store, 'one', 'code')).toBe(true);
  await store.close();
});

test('of writes that share a commit, one that fails takes back its own', async () => {
  const store = await open();
  const [id = ''] = await putRuns(store);
  const outcomes = await Promise.allSettled([
    spend(store, 'one', 'a'),
    appendTo(store, 'no such run', [ended]),
    appendTo(store, id, [ended]),
    appendTo(store, id, [{ ...ended, verdict: 'no_match' }]),
    spend(store, 'one', 'b'),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    // What another process has written in its place is not written over.
    'rejected',
    'fulfilled',
  ]);
  expect((await store.read(id))?.run.verdict).toBe('match');
  expect(await spend(store, 'one', 'b')).toBe(false);
  await store.close();
});
