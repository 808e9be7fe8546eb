import { describe, expect, test } from 'vitest';

import { Message } from '../../../extension/runner/messages.ts';
import {
  beginSeries,
  countRuns,
  type Series,
  type SeriesRun,
  withLateResult,
  withNext,
  withResult,
} from '../../../extension/runner/repeat.ts';

const start = {
  country: 'GB',
  mask: '+44 •••• •••907',
  profileId: 'simulated',
  scenario: 'match',
  expectation: 'match',
  capture: 'fetch',
} as const;
const matched = (id: string): SeriesRun => ({
  id,
  verdict: 'match',
  expected: 'as_expected',
  durationMs: 400,
});
const begun = beginSeries(start, { times: 5, pauseMs: 2000 }, 'run-1', 1000);

function after(count: number, from: Series = begun): Series {
  let series = from;
  for (let at = series.runs.length; at < count; at += 1) {
    series = withResult(withNext(series, `run-${at + 1}`, 0), matched(`run-${at + 1}`), 10_000);
  }
  return series;
}

describe('a series', () => {
  test('names its first run before that is opened', () => {
    expect(begun).toMatchObject({ current: 'run-1', runs: [], end: null, nextAt: null });
  });

  test('waits after each run but the last, then is complete', () => {
    expect(after(1)).toMatchObject({ current: null, nextAt: 12_000, end: null });
    expect(after(4).end).toBeNull();
    expect(after(5)).toMatchObject({ end: 'complete', current: null, nextAt: null });
    expect(after(5).runs.map(({ id }) => id)).toEqual(['run-1', 'run-2', 'run-3', 'run-4', 'run-5']);
  });

  test('keeps the name of a run that was never opened, so that none is made twice (X5)', () => {
    expect(withNext(begun, 'another', 0).current).toBe('run-1');
    expect(withNext(after(1), 'another', 0).current).toBe('another');
  });

  test('asked to stop, ends after the run under way, or in the pause before the next', () => {
    expect(withResult({ ...after(2), current: 'run-3', stopping: true }, matched('run-3'), 0)).toMatchObject({
      end: 'stopped',
      current: null,
    });
    expect(withNext({ ...after(3), stopping: true }, 'run-4', 0)).toMatchObject({
      end: 'stopped',
      current: null,
      nextAt: null,
    });
  });

  test('all runs made is complete, also where the last was to be the last', () => {
    const last = { ...after(4), current: 'run-5', stopping: true };
    expect(withResult(last, matched('run-5'), 0).end).toBe('complete');
  });

  test('ends with a run whose end the backend does not have, and hears of that end later', () => {
    const open = { id: 'run-2', verdict: null, expected: 'inconclusive', durationMs: null } as const;
    const interrupted = withResult({ ...after(1), current: 'run-2' }, open, 0);
    expect(interrupted).toMatchObject({ end: 'interrupted', runs: [matched('run-1'), open] });
    expect(withLateResult(interrupted, matched('run-2')).runs[1]).toEqual(matched('run-2'));
    const other: SeriesRun = { ...matched('run-1'), verdict: 'failed' };
    expect(withLateResult(interrupted, other).runs[0]).toEqual(matched('run-1'));
  });

  test('counts what says nothing of the operator as neither', () => {
    const runs: SeriesRun[] = [
      matched('a'),
      { id: 'b', verdict: 'failed', expected: 'not_as_expected', durationMs: 1 },
      { id: 'c', verdict: 'cancelled', expected: 'inconclusive', durationMs: 1 },
      matched('d'),
    ];
    expect(countRuns({ ...begun, runs })).toEqual({ as_expected: 2, not_as_expected: 1, inconclusive: 1 });
  });
});

test('a series never holds the number (PR3), and only the offered counts and pauses are taken', () => {
  expect(JSON.stringify(begun)).not.toContain('7700900907');
  const message = { type: 'repeat', number: '+447700900907', ...start, times: 5, pauseMs: 0 };
  expect(Message.safeParse(message).success).toBe(true);
  for (const wrong of [{ times: 6 }, { times: 1000 }, { pauseMs: 1 }, { pauseMs: -1 }, { times: '5' }])
    expect(Message.safeParse({ ...message, ...wrong }).success).toBe(false);
});
