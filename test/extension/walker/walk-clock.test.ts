import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { startWalkClock } from '../../../extension/walker/walk-clock.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('the time a person is waited for is on the axis of the run, and not in what the chain’s limit counts (A1, A16)', async () => {
  const clock = startWalkClock();
  vi.advanceTimersByTime(100);
  await clock.paused(async () => vi.advanceTimersByTime(40_000));
  vi.advanceTimersByTime(10);
  expect(clock.elapsed()).toBe(40_110);
  expect(clock.counted()).toBe(110);
});

test('several waits add up, and a wait that fails has been one too', async () => {
  const clock = startWalkClock();
  expect(await clock.paused(async () => vi.advanceTimersByTime(5) && 'granted')).toBe('granted');
  const failing = clock.paused(async () => {
    vi.advanceTimersByTime(7);
    throw new Error('gone');
  });
  await expect(failing).rejects.toThrow('gone');
  expect(clock.elapsed()).toBe(12);
  expect(clock.counted()).toBe(0);
});

test('a device that slept finds the chain’s time gone (A48)', () => {
  const clock = startWalkClock();
  vi.advanceTimersByTime(600_000);
  expect(clock.counted()).toBe(600_000);
});
