/** Somebody sets the clock of the machine while runs are under way. */
import { afterEach, expect, test, vi } from 'vitest';

import { type Bench, createRequest, startBench } from '../support/bench.ts';
import { createRun, readRun, submit, walkScenario } from '../support/node-walker.ts';

const DAY_MS = 86_400_000;

let bench: Bench;
afterEach(async () => {
  vi.useRealTimers();
  await bench.close();
});

test.each([DAY_MS, -DAY_MS])(
  'a deadline neither comes nor stays away when the clock is set by %i ms, and the code is sent once (K8, PR5)',
  async (jump) => {
    bench = await startBench({ deadlineMs: 1500 });
    const { created, submission } = await walkScenario(bench, 'token-hang');
    const ending = submit(bench, created.run.id, submission);
    const isAsked = () => bench.operator.counters.token === 1;
    await expect.poll(isAsked).toBe(true);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + jump });
    expect((await readRun(bench, created.run.id)).phase).toBe('redeeming');
    expect((await ending).events.at(-1)).toMatchObject({
      type: 'ended',
      verdict: 'unknown',
      failure: { code: 'token.timeout' },
    });
    const { legs } = await readRun(bench, created.run.id);
    const [exchange] = legs.flatMap(({ exchanges }) => exchanges);
    expect(exchange?.durationMs).toBeGreaterThan(1000);
    expect(exchange?.durationMs).toBeLessThan(DAY_MS / 2);
    expect(isAsked()).toBe(true);
  },
);

test('a browser that is walking has its ten minutes, also when the clock goes on by a day (K8)', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] });
  bench = await startBench();
  await vi.advanceTimersByTimeAsync(700_000);
  const { run } = await createRun(bench, createRequest());
  const phase = async () => (await readRun(bench, run.id)).phase;
  vi.setSystemTime(Date.now() + DAY_MS);
  await vi.advanceTimersByTimeAsync(570_000);
  expect(await phase()).toBe('authorizing');
  await vi.advanceTimersByTimeAsync(90_000);
  await expect.poll(phase).toBe('ended');
});
