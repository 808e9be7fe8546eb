import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { type NextHop, openProgress, type Progress } from '../../../extension/walker/progress.ts';

const LATER = 1000;
let written: (NextHop | null)[];
let progress: Progress;

beforeEach(() => {
  vi.useFakeTimers();
  written = [];
  progress = openProgress((next) => written.push(next));
});
afterEach(() => {
  vi.useRealTimers();
});

const hop = (index: number): NextHop => ({
  index,
  url: `https://h${index}.test/`,
  role: 'gateway',
  startedAtMs: 0,
});

test('is written at once before each request', () => {
  progress.before(hop(1));
  progress.before(hop(2));
  expect(written).toEqual([hop(1), hop(2)]);
});

test('a late fact is written by itself, once, a moment later', () => {
  progress.before(hop(1));
  progress.completedLate();
  progress.completedLate();
  expect(written).toEqual([hop(1)]);
  vi.advanceTimersByTime(LATER);
  expect(written).toEqual([hop(1), hop(1)]);
  progress.completedLate();
  vi.advanceTimersByTime(LATER);
  expect(written).toHaveLength(3);
});

test('a late fact that the next request’s write takes along is not written again', () => {
  progress.before(hop(1));
  progress.completedLate();
  progress.before(hop(2));
  vi.advanceTimersByTime(LATER);
  expect(written).toEqual([hop(1), hop(2)]);
});

test('before a wait for a person there is nothing on its way any more, also in what is written late (A1)', () => {
  progress.before(hop(1));
  progress.pausing();
  progress.completedLate();
  vi.advanceTimersByTime(LATER);
  expect(written).toEqual([hop(1), null, null]);
});

test('once stopped, nothing is written over what came next', () => {
  progress.before(hop(1));
  progress.completedLate();
  progress.stop();
  progress.completedLate();
  vi.advanceTimersByTime(LATER);
  expect(written).toEqual([hop(1)]);
});
