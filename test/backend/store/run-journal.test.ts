import { expect, test } from 'vitest';

import type { RunEvent } from '#protocol/run-events.ts';

import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import { openJournal } from '../../../backend/store/run-journal.ts';
import type { RunStore } from '../../../backend/store/run-store.ts';
import { storageUnavailable } from '../../../backend/store/storage-error.ts';
import { runOf } from '../../support/fixtures.ts';
import { created, profile } from './contract.ts';

/** A store that refuses to append for the first so many times; `lost` says whether it did append before it refused. */
async function openAgainst(refusals: (Error | null)[], lost = false) {
  const memory = createMemoryRunStore();
  const run = runOf(profile);
  await memory.create(run, created(run), 'digest');
  const published: RunEvent[] = [];
  const append: RunStore['append'] = async (run, events) => {
    const refusal = refusals.shift() ?? null;
    if (refusal === null || lost) await memory.append(run, events);
    if (refusal) throw refusal;
  };
  const begun = (await memory.read(run.id))?.run ?? run;
  const journal = openJournal(begun, { ...memory, append }, (_id, events) => published.push(...events));
  const typesStored = async () => (await memory.read(run.id))?.events.map(({ type }) => type);
  return { journal, published, typesStored };
}

test('a store that is away for a moment costs nothing, and nothing is heard before it is back (PR4, S9)', async () => {
  const { journal, published, typesStored } = await openAgainst([storageUnavailable(null)]);
  journal.add({ type: 'phase', phase: 'code_received' });
  const committing = journal.commit();
  expect(published).toEqual([]);
  await committing;
  expect(published.map(({ type }) => type)).toEqual(['phase']);
  expect(await typesStored()).toEqual(['created', 'phase']);
});

test('a commit whose answer was lost is made once (S12)', async () => {
  const { journal, typesStored } = await openAgainst([storageUnavailable(null)], true);
  journal.add({ type: 'phase', phase: 'code_received' });
  await journal.commit();
  await journal.end('failed', null);
  expect(await typesStored()).toEqual(['created', 'phase', 'leg', 'leg', 'ended']);
});

test('what could not be committed is part of the next commit', async () => {
  const { journal, published, typesStored } = await openAgainst([new TypeError('a bug')]);
  journal.add({ type: 'phase', phase: 'code_received' });
  await expect(journal.commit()).rejects.toThrow('a bug');
  expect(published).toEqual([]);
  await journal.end('unknown', null);
  expect(await typesStored()).toEqual(['created', 'phase', 'leg', 'leg', 'ended']);
});
