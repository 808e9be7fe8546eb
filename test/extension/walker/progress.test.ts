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

/** A request that was made and has left. */
function made(index: number): void {
  progress.began(hop(index));
  progress.left();
}

test('is written once a hop, when its request has left and not before', () => {
  progress.began(hop(1));
  expect(written).toEqual([]);
  progress.left();
  expect(written).toEqual([hop(1)]);
  made(2);
  progress.left();
  vi.advanceTimersByTime(LATER);
  expect(written).toEqual([hop(1), hop(2)]);
});

test('is written although a request hangs before it leaves (A37)', () => {
  progress.began(hop(1));
  vi.advanceTimersByTime(LATER);
  expect(written).toEqual([hop(1)]);
  progress.left();
  expect(written).toEqual([hop(1)]);
});

test('a late fact is written by itself, once, a moment later', () => {
  made(1);
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
  made(1);
  progress.completedLate();
  progress.began(hop(2));
  progress.completedLate();
  progress.left();
  vi.advanceTimersByTime(LATER);
  expect(written).toEqual([hop(1), hop(2)]);
});

test('before a wait for a person there is nothing on its way any more, also in what is written late (A1)', () => {
  progress.began(hop(1));
  progress.pausing();
  progress.left();
  expect(written).toEqual([null]);
  progress.completedLate();
  vi.advanceTimersByTime(LATER);
  expect(written).toEqual([null, null]);
});

test('once stopped, nothing is written over what came next', () => {
  made(1);
  progress.completedLate();
  progress.stop();
  progress.completedLate();
  progress.left();
  vi.advanceTimersByTime(LATER);
  expect(written).toEqual([hop(1)]);
});
