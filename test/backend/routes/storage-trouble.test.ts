/** What a client hears while the store is in trouble, and what it hears of runs that another process carries. */
import { afterEach, expect, test } from 'vitest';

import { ApiError } from '#protocol/backend-api.ts';

import { createLiveRuns } from '../../../backend/routes/live-runs.ts';
import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import type { RunStore } from '../../../backend/store/run-store.ts';
import { storageFull, storageUnavailable } from '../../../backend/store/storage-error.ts';
import { type Bench, call, createRequest, startBench } from '../../support/bench.ts';
import { profileAt, runOf } from '../../support/fixtures.ts';
import { submit, walkScenario } from '../../support/node-walker.ts';
import { appendTo } from '../../support/write-to.ts';

let bench: Bench | null = null;
afterEach(async () => {
  await bench?.close();
  bench = null;
});

const refusing = (refusal: () => Error): RunStore => ({
  ...createMemoryRunStore(),
  create: async () => {
    throw refusal();
  },
});

test.each([
  [
    'api.storage_full',
    507,
    () => storageFull(Object.assign(new Error('canary-path'), { errcode: 13 })),
    'SQLite 13',
  ],
  [
    'api.storage_unavailable',
    503,
    () => storageUnavailable(Object.assign(new Error('canary-path'), { code: '57P01' })),
    '57P01',
  ],
])(
  '%s is %i with a time to wait, and the reason stays in the log (S5, S9)',
  async (code, status, refusal, reason) => {
    bench = await startBench({ store: refusing(refusal) });
    const response = await call(bench, 'POST', '/v1/runs', createRequest());
    const text = await response.text();
    expect([response.status, ApiError.parse(JSON.parse(text)).error.code]).toEqual([status, code]);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(text).not.toContain('canary-path');
    expect(bench.log.join('')).toContain(`"reason":"${reason}"`);
  },
);

test('a store that is away for a moment in mid-run costs no verdict (S9)', async () => {
  const memory = createMemoryRunStore();
  let appends = 0;
  const append: RunStore['append'] = async (run, events) => {
    appends += 1;
    if (appends % 2 === 1) throw storageUnavailable(null);
    await memory.append(run, events);
  };
  bench = await startBench({ store: { ...memory, append } });
  const { created, submission } = await walkScenario(bench, 'match');
  const { events } = await submit(bench, created.run.id, submission);
  expect(events.at(-1)).toMatchObject({ type: 'ended', verdict: 'match' });
  expect(bench.operator.counters.token).toBe(1);
});

test('a callback that could not be claimed is refused, uses nothing up, and is carried when it comes again (S9, PR5)', async () => {
  const memory = createMemoryRunStore();
  let away = true;
  const claimSubmission: RunStore['claimSubmission'] = async (...given) => {
    if (away) throw storageUnavailable(null);
    return memory.claimSubmission(...given);
  };
  bench = await startBench({ store: { ...memory, claimSubmission } });
  const { created, submission } = await walkScenario(bench, 'match');
  const path = `/v1/runs/${created.run.id}/callback`;
  const refused = await call(bench, 'POST', path, submission);
  expect([refused.status, (await refused.json()).error.code]).toEqual([503, 'api.storage_unavailable']);
  expect((await memory.read(created.run.id))?.events).toHaveLength(1);
  expect(bench.operator.counters.token).toBe(0);
  away = false;
  const { events } = await submit(bench, created.run.id, submission);
  expect(events.at(-1)).toMatchObject({ type: 'ended', verdict: 'match' });
  expect(bench.operator.counters.token).toBe(1);
});

test('a run that another process carries is followed all the same (K10)', async () => {
  const store = createMemoryRunStore();
  const run = runOf(profileAt('https://api.example'));
  await store.create(run, { type: 'created', sequence: 1, at: 1, run }, 'digest');
  const heard: string[] = [];
  const following = (async () => {
    const live = createLiveRuns(20);
    for await (const events of live.follow(run.id, store, new AbortController().signal))
      heard.push(...events.map(({ type }) => type));
  })();
  await expect.poll(() => heard).toEqual(['created']);
  // Nothing is published here: the other process publishes to its own listeners.
  await appendTo(store, run.id, [{ type: 'phase', sequence: 2, at: 2, phase: 'code_received' }]);
  await expect.poll(() => heard).toEqual(['created', 'phase']);
  await appendTo(store, run.id, [
    { type: 'ended', sequence: 3, at: 3, verdict: 'match', failure: null, cause: null },
  ]);
  await following;
  expect(heard).toEqual(['created', 'phase', 'ended']);
});
