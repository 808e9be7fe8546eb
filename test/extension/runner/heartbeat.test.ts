import { afterEach, expect, test, vi } from 'vitest';

import { beatWhile, HEARTBEAT_MS, IDLE_LIMIT_MS } from '../../../extension/runner/heartbeat.ts';
import { DEFAULT_LIMITS } from '../../../protocol/profile.ts';

afterEach(() => vi.useRealTimers());

test('a hop is given up, and a worker heard from, long before a browser ends the worker (X6)', () => {
  expect(DEFAULT_LIMITS.hopMs).toBeLessThan(IDLE_LIMIT_MS / 2);
  // One beat may be late, or lost, without the worker going.
  expect(HEARTBEAT_MS * 3).toBeLessThan(IDLE_LIMIT_MS);
});

test.each(['passes', 'fails'])(
  'a worker is heard from while something is under way, and no longer when it %s (X6)',
  async (end) => {
    vi.useFakeTimers();
    const beat = vi.fn();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const awake = beatWhile(promise, beat);
    for (let beats = 1; beats <= 12; beats += 1) {
      await vi.advanceTimersByTimeAsync(HEARTBEAT_MS);
      expect(beat).toHaveBeenCalledTimes(beats);
    }
    if (end === 'passes') resolve();
    else reject(new Error('away'));
    await awake.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(IDLE_LIMIT_MS);
    expect(beat).toHaveBeenCalledTimes(12);
  },
);
