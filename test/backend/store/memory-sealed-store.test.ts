import { spawnSync } from 'node:child_process';
import { expect, onTestFinished, test, vi } from 'vitest';

import { createMemorySealedStore } from '../../../backend/store/memory-sealed-store.ts';

const BYTES = Buffer.from('sealed');

test('bytes are handed out once, and only before they expire', async () => {
  let now = 1000;
  const store = createMemorySealedStore({ now: () => now });
  await store.put('used', BYTES, 61_000);
  await store.put('late', BYTES, 61_000);
  await store.put('in time', BYTES, 61_000);
  expect(await store.take('used')).toEqual(BYTES);
  expect(await store.take('used')).toBeNull();
  now = 60_999;
  expect(await store.take('in time')).toEqual(BYTES);
  now = 61_000;
  expect(await store.take('late')).toBeNull();
  expect(await store.take('never')).toBeNull();
  await store.close();
});

test('the oldest make room', async () => {
  const store = createMemorySealedStore({ capacity: 2 });
  const later = Date.now() + 60_000;
  for (const id of ['a', 'b', 'c']) await store.put(id, Buffer.from(id), later);
  const left = await Promise.all(['a', 'b', 'c'].map((id) => store.take(id)));
  expect(left.map((one) => one?.toString() ?? null)).toEqual([null, 'b', 'c']);
});

test('expired bytes go by themselves, not only when somebody asks', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  // The store’s own clock stands still: only the timer can remove them.
  const store = createMemorySealedStore({ now: () => 0 });
  await store.put('short', BYTES, 20);
  await store.put('long', BYTES, 60_000);
  await vi.advanceTimersByTimeAsync(20);
  expect(await store.take('short')).toBeNull();
  expect(await store.take('long')).toEqual(BYTES);
  await store.close();
});

test('what is kept does not keep the process', () => {
  const file = new URL('../../../backend/store/memory-sealed-store.ts', import.meta.url).href;
  const program = `
    import { createMemorySealedStore } from ${JSON.stringify(file)};
    await createMemorySealedStore().put('id', Buffer.from('x'), Date.now() + 300_000);
  `;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { timeout: 50_000 });
  expect(status).toBe(0);
});
