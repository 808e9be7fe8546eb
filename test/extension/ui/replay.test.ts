import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { Run } from '#protocol/run.ts';

import { advance, lastMoment, longWaits, sliderStep } from '../../../extension/ui/replay/replay-time.ts';
import { momentsOf, runAt } from '../../../extension/ui/replay/run-at.ts';
import { hopOf } from '../../support/fixtures.ts';

const recorded = (name: string) =>
  Run.parse(
    JSON.parse(
      readFileSync(new URL(`../../../extension/public/recordings/${name}.json`, import.meta.url), 'utf8'),
    ),
  );
const match = recorded('match');
const outcomes = (ms: number, run = match) => runAt(run, ms).run.legs.map(({ outcome }) => outcome);

describe('a recorded run as it stood', () => {
  test('at its beginning has nothing but its first hop on the way', () => {
    const { run, liveHop, stage } = runAt(match, 0);
    expect([stage, run.phase, run.hops, run.chainEnd]).toEqual(['walking', 'authorizing', [], null]);
    expect(liveHop).toMatchObject({ index: 1, startedAtMs: 0, url: match.hops[0]?.url });
    expect(outcomes(0)).toEqual(['running', 'waiting', 'waiting']);
  });

  test('between two hops has the first answered and none on the way', () => {
    const { run, liveHop } = runAt(match, 414);
    expect(run.hops).toEqual(match.hops.slice(0, 1));
    expect(liveHop).toBeNull();
    expect(runAt(match, 416).liveHop?.index).toBe(2);
  });

  test('knows neither verdict nor cause nor how a leg ends before its time (PR6)', () => {
    for (const ms of momentsOf(match).slice(0, -1)) {
      const { run, stage } = runAt(match, ms);
      expect(stage).not.toBe('done');
      expect([run.verdict, run.failure, run.cause, run.endedAt]).toEqual([null, null, null, null]);
      for (const leg of run.legs.filter(({ outcome }) => outcome === 'waiting' || outcome === 'running'))
        expect([leg.checks, leg.durationMs]).toEqual([[], null]);
    }
  });

  test('after the chain has its end, then the backend’s legs one after the other', () => {
    const [, token, premiuminfo] = match.legs;
    const at = (ms: number) => [runAt(match, ms).run.phase, ...outcomes(ms)];
    expect(at(match.chainEnd?.atMs ?? 0)).toEqual(['code_received', 'passed', 'waiting', 'waiting']);
    expect(at(token?.startedAtMs ?? 0)).toEqual(['redeeming', 'passed', 'running', 'waiting']);
    expect(at(premiuminfo?.startedAtMs ?? 0)).toEqual(['verifying', 'passed', 'passed', 'running']);
    expect(runAt(match, 1600).run.legs[1]?.exchanges).toEqual([]);
  });

  test.each(['match', 'no-match', 'wifi-access-denied'])('at its end is the recording %s itself', (name) => {
    const run = recorded(name);
    const end = momentsOf(run).at(-1) ?? 0;
    expect(end).toBeGreaterThan(1000);
    expect(runAt(run, end)).toMatchObject({ stage: 'done', run, liveHop: null });
  });

  test('with times that no clock has, as a file may bring them, ends all the same (E10)', () => {
    const odd = { ...match, hops: [hopOf({ startedAtMs: -5, durationMs: Number.NaN }), hopOf({ index: 2 })] };
    expect(momentsOf(odd).every((ms) => Number.isFinite(ms) && ms >= 0)).toBe(true);
    expect(runAt(odd, momentsOf(odd).at(-1) ?? 0).run).toBe(odd);
    const empty = { ...match, hops: [], chainEnd: null, legs: [] };
    expect(runAt(empty, 0)).toMatchObject({ stage: 'done', run: empty });
  });

  test('a mark of the browser stands from when it was made, a hop without an end until the chain is over', () => {
    const run = {
      ...match,
      hops: [
        hopOf({ startedAtMs: 0, durationMs: 10 }),
        hopOf({ index: 1, madeBy: 'browser', startedAtMs: 10, durationMs: null }),
        hopOf({ index: 2, startedAtMs: 10, durationMs: null }),
      ],
    };
    expect(runAt(run, 12).run.hops).toHaveLength(2);
    expect(runAt(run, 12).liveHop?.index).toBe(2);
    expect(runAt(run, match.chainEnd?.atMs ?? 0).run.hops).toHaveLength(3);
  });
});

describe('the time of a replay', () => {
  const moments = [0, 400, 9400, 9600];

  test('goes by as it did, and stops at the end', () => {
    expect(advance(moments, 100, 16, false)).toBe(116);
    expect(advance(moments, 5000, 16, false)).toBe(5016);
    expect(advance(moments, 9590, 64, false)).toBe(9600);
  });

  test('passes over a wait longer than three seconds only where that is asked for', () => {
    expect(longWaits(moments)).toEqual([{ from: 400, to: 9400 }]);
    expect(longWaits(momentsOf(match))).toEqual([]);
    expect(advance(moments, 1190, 16, true)).toBe(9000);
    expect(advance(moments, 1000, 16, true)).toBe(1016);
    expect(advance(moments, 9300, 16, true)).toBe(9316);
  });

  test('stands at what happened last where motion is unwanted, and has about a hundred steps', () => {
    expect([0, 399, 400, 9500].map((ms) => lastMoment(moments, ms))).toEqual([0, 0, 400, 9400]);
    expect([1600, 30_000, 90].map(sliderStep)).toEqual([20, 500, 1]);
  });
});
