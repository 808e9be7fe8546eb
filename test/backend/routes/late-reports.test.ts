import { afterEach, expect, test, vi } from 'vitest';

import { ApiError } from '#protocol/backend-api.ts';

import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import { type Bench, call, createRequest, startBench } from '../../support/bench.ts';
import { createRun, readRun, walkScenario } from '../../support/node-walker.ts';

let bench: Bench;
afterEach(async () => {
  vi.useRealTimers();
  await bench.close();
});

const codeOf = async (response: Response) => ApiError.parse(await response.json()).error.code;

test('two different reports at once: one is taken, the other is told so (B17)', async () => {
  // A store that takes its time, as one on a disk or in a network does.
  const memory = createMemoryRunStore();
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  bench = await startBench({
    store: {
      ...memory,
      async read(id) {
        const stored = await memory.read(id);
        await turn();
        await turn();
        return stored;
      },
    },
  });
  const { created, submission } = await walkScenario(bench, 'match');
  const bodies = [
    submission,
    ...Array.from({ length: 9 }, (_, at) => ({ ...submission, numberHash: `${at}`.repeat(64) })),
  ];
  const path = `/v1/runs/${created.run.id}/callback`;
  const answers = await Promise.all(bodies.map((body) => call(bench, 'POST', path, body)));
  const refused = answers.filter(({ status }) => status === 409);
  expect(refused).toHaveLength(9);
  for (const one of refused) expect(await codeOf(one)).toBe('api.idempotency_conflict');
  await Promise.all(answers.filter(({ status }) => status === 200).map((one) => one.text()));
});

test('a run nobody reports on is interrupted after ten minutes, and a later report or callback is told so (A45, C9, X9)', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] });
  bench = await startBench();
  const { run } = await createRun(bench, createRequest());
  await vi.advanceTimersByTimeAsync(570_000);
  expect((await readRun(bench, run.id)).phase).toBe('authorizing');
  const reported = await walkScenario(bench, 'match');

  await vi.advanceTimersByTimeAsync(60_000);
  await expect.poll(async () => (await readRun(bench, run.id)).verdict).toBe('interrupted');
  expect((await readRun(bench, reported.created.run.id)).phase).toBe('authorizing');

  const body = { hops: [], chainEnd: { kind: 'cancelled', url: null, atMs: 1 }, failure: null };
  const late = await call(bench, 'POST', `/v1/runs/${run.id}/chain-end`, body);
  expect([late.status, await codeOf(late)]).toEqual([409, 'api.run_already_ended']);
  const lateCode = await call(bench, 'POST', `/v1/runs/${run.id}/callback`, reported.submission);
  expect([lateCode.status, await codeOf(lateCode)]).toEqual([409, 'api.run_already_ended']);
  expect(bench.operator.counters.token).toBe(0);
});
