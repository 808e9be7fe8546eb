import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';

import type { RunStore } from '../../../backend/store/run-store.ts';
import { runOf } from '../../support/fixtures.ts';
import { appendTo, claim } from '../../support/write-to.ts';
import { created, profile } from './contract.ts';

/** How a store that outlives its processes tells which of them carries a run. */
export function testLeases(
  name: string,
  open: (leaseMs: number) => Promise<RunStore>,
  /** As a clock does that is set forward: every lease ends so many milliseconds earlier. */
  setClock: (byMs: number) => Promise<void>,
): void {
  const claimed = async (store: RunStore) => {
    const run = runOf(profile);
    await store.create(run, created(run), 'digest');
    await claim(store, run.id, 'a');
    return run.id;
  };

  test(`${name}: a run nobody renews is handed out when its lease is over, once (K5)`, async () => {
    const store = await open(150);
    const id = await claimed(store);
    await expect.poll(() => store.takeExpired()).toEqual([id]);
    await expect.poll(() => store.takeExpired()).toEqual([id]);
    await appendTo(store, id, [
      { type: 'ended', sequence: 3, at: 2, verdict: 'unknown', failure: null, cause: null },
    ]);
    await delay(300);
    expect(await store.takeExpired()).toEqual([]);
    await store.close();
  });

  test(`${name}: a run that is renewed is not, for as long as it is (K5)`, async () => {
    const store = await open(2500);
    const [kept, left] = [await claimed(store), await claimed(store)];
    const expired: string[] = [];
    // The one that is left has the same lease: when it is over, so would be the other's.
    while (expired.length === 0) {
      await store.renewLeases([kept]);
      expired.push(...(await store.takeExpired()));
      await delay(100);
    }
    expect(expired).toEqual([left]);
    await store.close();
  });

  test(`${name}: a clock that is set by a day ends no run that is carried, and keeps none that is not (K8)`, async () => {
    const store = await open(600);
    for (const day of [86_400_000, -86_400_000]) {
      const [carried, left] = [await claimed(store), await claimed(store)];
      await setClock(day);
      const taken: string[] = [];
      while (taken.length === 0) {
        taken.push(...(await store.takeExpired()));
        // Later than that look, as it is where two processes take turns.
        await store.renewLeases([carried]);
        await delay(50);
      }
      expect(taken).toEqual([left]);
      for (const id of [carried, left]) {
        await appendTo(store, id, [
          { type: 'ended', sequence: 3, at: 2, verdict: 'unknown', failure: null, cause: null },
        ]);
      }
    }
    await store.close();
  });
}
