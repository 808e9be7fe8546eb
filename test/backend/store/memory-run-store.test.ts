import { expect, test } from 'vitest';

import type { Run } from '#protocol/run.ts';

import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import { runOf } from '../../support/fixtures.ts';
import { appendTo } from '../../support/write-to.ts';
import { created, ended, profile, testRunStore } from './contract.ts';

testRunStore('the store in memory (B16, B17, PR5, S13)', async () => createMemoryRunStore());

test('only ended runs make room, the oldest first: one in flight or pinned is never dropped', async () => {
  const store = createMemoryRunStore(3);
  const runs = Array.from({ length: 5 }, () => runOf(profile)) as [Run, Run, Run, Run, Run];
  const [flying, pinned, first, second, third] = runs;
  for (const run of [flying, pinned, first, second]) {
    await store.create(run, created(run), 'digest');
    if (run !== flying) await appendTo(store, run.id, [ended]);
    if (run === pinned) await store.setPinned(run.id, true);
  }
  await store.create(third, created(third), 'digest');
  const kept = await Promise.all(runs.map(({ id }) => store.read(id)));
  expect(kept.map(Boolean)).toEqual([true, true, false, false, true]);
});
