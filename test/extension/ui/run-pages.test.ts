import { describe, expect, test } from 'vitest';

import type { RunSummary } from '#protocol/history-api.ts';

import {
  addPage,
  changeRun,
  countOf,
  inSight,
  keepNear,
  type RunPage,
  refillPage,
} from '../../../extension/ui/history/run-pages.ts';

/** A run that began at this moment; the list is in falling order of it. */
const line = (startedAt: number) => ({ id: `id-${startedAt}`, startedAt, pinned: false }) as RunSummary;
const cursorOf = (startedAt: number) => `${startedAt}_id-${startedAt}`;
const down = (from: number, count: number) => Array.from({ length: count }, (_, at) => line(from - at));

/** Pages of ten, from the run at `from` downwards. */
function pagesOf(count: number, from = 1000): RunPage[] {
  let pages: RunPage[] = [];
  for (let at = 0; at < count; at += 1) {
    const start = from - at * 10;
    const next = at < count - 1 ? cursorOf(start - 9) : null;
    pages = addPage(pages, at === 0 ? null : cursorOf(start + 1), { runs: down(start, 10), next });
  }
  return pages;
}

describe('what is drawn of the list', () => {
  test.each([
    ['at the top', 0, { first: 0, last: 1, from: 0, to: 20, before: 0 }],
    ['in the middle', 250, { first: 1, last: 4, from: 15, to: 45, before: 10 }],
    ['at the end', 900, { first: 8, last: 9, from: 80, to: 100, before: 80 }],
    ['beyond the end', 5000, { first: 8, last: 9, from: 80, to: 100, before: 80 }],
    ['above the top, as a phone scrolls', -80, { first: 0, last: 1, from: 0, to: 20, before: 0 }],
  ])('%s is what is in sight and as much again around it', (_, top, sight) => {
    expect(inSight(pagesOf(10), 10, top, 100)).toEqual(sight);
  });

  test('of no page and of empty pages is nothing', () => {
    expect(inSight([], 10, 0, 100)).toMatchObject({ from: 0, to: 0 });
    const empty = addPage([], null, { runs: [], next: null });
    expect(inSight(empty, 10, 0, 100)).toEqual({ first: 0, last: 0, from: 0, to: 0, before: 0 });
  });

  test('every row of the list is drawn at some place of the scroller', () => {
    const pages = pagesOf(12);
    const drawn = new Set<number>();
    for (let top = 0; top <= 1100; top += 35) {
      const { from, to, before, first, last } = inSight(pages, 10, top, 100);
      const needed = pages.slice(first, last + 1).reduce((sum, { count }) => sum + count, 0);
      expect(before).toBeLessThanOrEqual(from);
      expect(before + needed).toBeGreaterThanOrEqual(to);
      for (let row = from; row < to; row += 1) drawn.add(row);
    }
    expect(drawn.size).toBe(120);
  });
});

describe('what is kept of the list', () => {
  test('far pages let go of their rows and keep their room', () => {
    const kept = keepNear(pagesOf(40), 20, 21);
    expect(kept.flatMap(({ rows }, at) => (rows ? [at] : []))).toEqual(
      Array.from({ length: 18 }, (_, at) => at + 12),
    );
    expect(countOf(kept)).toBe(400);
  });

  test('nothing to let go of is the same list, so that nothing is drawn anew', () => {
    const pages = pagesOf(5);
    expect(keepNear(pages, 2, 3)).toBe(pages);
  });

  test('a page asked for again takes nothing from the next one, where runs of it were deleted since (keyset)', () => {
    const pages = keepNear(pagesOf(40), 30, 31);
    // Three of its ten are gone, and the reply goes on into the next page.
    const left = down(1000, 13).filter(({ startedAt }) => ![999, 998, 995].includes(startedAt));
    const again = refillPage(pages, 0, { runs: left, next: cursorOf(987) });
    expect(again[0]?.rows?.map(({ startedAt }) => startedAt)).toEqual([1000, 997, 996, 994, 993, 992, 991]);
    expect(countOf(again)).toBe(397);
  });

  test('two runs of the same millisecond on the border stay on their own pages', () => {
    const same = ['b', 'a'].map((id) => ({ ...line(7), id }));
    const first = addPage([], null, { runs: [line(8), same[0] as RunSummary], next: '7_b' });
    const again = refillPage(first, 0, { runs: [line(8), ...same], next: null });
    expect(again[0]?.rows?.map(({ id }) => id)).toEqual(['id-8', 'b']);
  });

  test('a run is changed or taken out where it is, and every other page stays as it was', () => {
    const pages = pagesOf(3);
    const pinned = changeRun(pages, 'id-985', (run) => ({ ...run, pinned: true }));
    expect(pinned[1]?.rows?.find(({ id }) => id === 'id-985')?.pinned).toBe(true);
    expect([pinned[0], pinned[2]]).toEqual([pages[0], pages[2]]);
    expect(countOf(changeRun(pages, 'id-985', () => null))).toBe(29);
    expect(changeRun(pages, 'of-nobody', () => null)).toEqual(pages);
  });
});
