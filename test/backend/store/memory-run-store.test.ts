import { describe, expect, test } from 'vitest';

import type { Run } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import { profileAt, runOf } from '../../support/fixtures.ts';

const profile = profileAt('https://api.example');
const created = (run: Run, at = Date.now()): RunEvent => ({ type: 'created', sequence: 1, at, run });
const ended: RunEvent = { type: 'ended', sequence: 2, at: 2, verdict: 'match', failure: null, cause: null };

async function storeWith(...runs: Run[]) {
  const store = createMemoryRunStore();
  for (const run of runs) await store.create(run, created(run), 'digest');
  return store;
}

test('a run is made once; what is read is a copy', async () => {
  const run = runOf(profile);
  const store = await storeWith(run);
  expect(await store.create(run, created(run), 'another')).toBe(false);
  const stored = await store.read(run.id);
  expect(stored).toMatchObject({ requestDigest: 'digest', submissionDigest: null, run: { id: run.id } });
  if (stored) stored.run.verdict = 'match';
  expect((await store.read(run.id))?.run.verdict).toBeNull();
  expect(await store.read('no such id')).toBeNull();
});

test('leg 1 is reported once: the same report is the same, another one a conflict (B16, B17)', async () => {
  const run = runOf(profile);
  const store = await storeWith(run);
  expect(await store.claimSubmission(run.id, 'a')).toBe('claimed');
  expect(await store.claimSubmission(run.id, 'a')).toBe('same');
  expect(await store.claimSubmission(run.id, 'b')).toBe('conflict');
  await store.append(run.id, [ended]);
  expect(await store.claimSubmission(run.id, 'a')).toBe('same');
});

test('a code is spent by the first who brings it, at each operator for itself (PR5)', async () => {
  const store = createMemoryRunStore();
  const answers = await Promise.all(Array.from({ length: 50 }, () => store.spendCode('one', 'code')));
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await store.spendCode('two', 'code')).toBe(true);
  expect(await store.spendCode('one', 'other')).toBe(true);
});

test('events are appended and folded', async () => {
  const run = runOf(profile);
  const store = await storeWith(run);
  await store.append(run.id, [ended]);
  const stored = await store.read(run.id);
  expect(stored?.events.map(({ sequence }) => sequence)).toEqual([1, 2]);
  expect(stored?.run).toMatchObject({ phase: 'ended', verdict: 'match' });
});

describe('abandoned runs', () => {
  test('are those nobody has reported on, by this backend’s clock and not the browser’s', async () => {
    const old = runOf(profile, { startedAt: Date.now() + 86_400_000 });
    const fresh = runOf(profile, { startedAt: 0 });
    const reported = runOf(profile);
    const over = runOf(profile);
    const store = createMemoryRunStore();
    for (const run of [old, reported, over]) await store.create(run, created(run, 1000), 'digest');
    await store.create(fresh, created(fresh, 3000), 'digest');
    await store.claimSubmission(reported.id, 'a');
    await store.append(over.id, [ended]);
    expect(await store.abandoned(2000)).toEqual([old.id]);
  });
});

test('only ended runs make room, the oldest first: one in flight is never dropped', async () => {
  const store = createMemoryRunStore(2);
  const [flying, first, second, third] = [1, 2, 3, 4].map(() => runOf(profile)) as [Run, Run, Run, Run];
  for (const run of [flying, first, second]) {
    await store.create(run, created(run), 'digest');
    if (run !== flying) await store.append(run.id, [ended]);
  }
  await store.create(third, created(third), 'digest');
  const kept = await Promise.all([flying, first, second, third].map(({ id }) => store.read(id)));
  expect(kept.map(Boolean)).toEqual([true, false, false, true]);
});
