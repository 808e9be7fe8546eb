import { expect, onTestFinished, test, vi } from 'vitest';

import type { Run } from '#protocol/run.ts';

import { keepRetention } from '../../../backend/store/keep-retention.ts';
import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import { keepLeases } from '../../../backend/store/run-leases.ts';
import { runOf } from '../../support/fixtures.ts';
import { appendTo } from '../../support/write-to.ts';
import { created, ended, profile } from './contract.ts';

/** A memory store that writes down what it is asked about leases, and hands out `expired` once. */
async function recording(...expired: Run[]) {
  const memory = createMemoryRunStore();
  for (const run of expired) await memory.create(run, created(run), 'digest');
  const renewed: string[][] = [];
  let left = expired.map(({ id }) => id);
  const store = {
    ...memory,
    renewLeases: async (ids: readonly string[]) => void renewed.push([...ids]),
    takeExpired: async () => {
      const ids = left;
      left = [];
      return ids;
    },
  };
  return { store, renewed };
}

const fakeTime = () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
};
const noBugs = (error: unknown) => {
  throw error;
};

test('runs are renewed for as long as they are carried, and no longer, however that ends (K5)', async () => {
  fakeTime();
  const { store, renewed } = await recording();
  const leases = keepLeases(store, async () => undefined, noBugs, 5000);
  const one = Promise.withResolvers<void>();
  const two = Promise.withResolvers<void>();
  const carried = [leases.during('one', () => one.promise), leases.during('two', () => two.promise)];
  await vi.advanceTimersByTimeAsync(5000);
  expect(renewed).toEqual([['one', 'two']]);
  one.resolve();
  two.reject(new Error('the store was lost'));
  await Promise.allSettled(carried);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(renewed).toHaveLength(1);
  await leases.stop();
});

test('runs that nobody carries are closed at the start, each once, and are ours while that lasts (K3)', async () => {
  const dead = runOf(profile);
  const { store, renewed } = await recording(dead);
  const closed: string[] = [];
  const closing = Promise.withResolvers<void>();
  const leases = keepLeases(
    store,
    async ({ id }) => {
      closed.push(id);
      await closing.promise;
    },
    noBugs,
    10,
  );
  await expect.poll(() => renewed.at(-1)).toEqual([dead.id]);
  expect(closed).toEqual([dead.id]);
  closing.resolve();
  await leases.stop();
});

test('a stop waits for the last commits, and not for ever', async () => {
  const { store } = await recording();
  const leases = keepLeases(store, async () => undefined, noBugs);
  let committed = false;
  void leases.during('one', async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    committed = true;
  });
  void leases.during('two', () => new Promise(() => undefined));
  await leases.stop();
  expect(committed).toBe(true);
});

test('runs are deleted after so many days, at the start and every hour; 0 days keep them (S14)', async () => {
  fakeTime();
  const store = createMemoryRunStore();
  const run = runOf(profile);
  await store.create(run, created(run), 'digest');
  await appendTo(store, run.id, [ended]);
  const stopKeepingAll = keepRetention(store, 0, noBugs, 1000);
  await vi.advanceTimersByTimeAsync(40 * 86_400_000);
  stopKeepingAll();
  expect(await store.read(run.id)).not.toBeNull();
  vi.setSystemTime(Date.now() - 11 * 86_400_000);
  const stop = keepRetention(store, 30, noBugs, 3_600_000);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(await store.read(run.id)).not.toBeNull();
  await vi.advanceTimersByTimeAsync(86_400_000);
  expect(await store.read(run.id)).toBeNull();
  stop();
});
