import type { Verdict } from '#protocol/run.ts';
import type { Expected } from '#protocol/run-reading.ts';

import type { Problem, StartMessage } from './messages.ts';

/** How often a run can be repeated, and the milliseconds between two runs. */
export const TIMES = [5, 10, 20] as const;
export const PAUSES_MS = [0, 2000, 10_000] as const;

/** What every run of a series is started with; the number stays where the session keeps it. */
export type SeriesStart = Omit<StartMessage, 'type' | 'number'>;

export interface SeriesRun {
  id: string;
  /** Null where the backend does not have its end. */
  verdict: Verdict | null;
  expected: Expected;
  durationMs: number | null;
}

/** Runs one after the other, kept in `storage.session` so that pages see it and a new worker can go on. */
export interface Series {
  start: SeriesStart;
  times: number;
  pauseMs: number;
  runs: SeriesRun[];
  /** The run under way, or about to be: written before it is opened, so that none is made twice. */
  current: string | null;
  /** When the next run begins (UTC ms), in the pause before it. */
  nextAt: number | null;
  stopping: boolean;
  end: 'complete' | 'stopped' | 'interrupted' | null;
  /** Why it was interrupted, where that is known. */
  problem: Problem | null;
  touchedAt: number;
}

export function beginSeries(
  start: SeriesStart,
  { times, pauseMs }: { times: number; pauseMs: number },
  current: string,
  now: number,
): Series {
  const nothingYet = { runs: [], nextAt: null, stopping: false, end: null, problem: null };
  return { start, times, pauseMs, current, ...nothingYet, touchedAt: now };
}

/** The current run is over. One without a verdict is open still, and no other may begin. */
export function withResult(series: Series, run: SeriesRun, now: number): Series {
  const runs = [...series.runs, run];
  const after = { ...series, runs, current: null, nextAt: null, touchedAt: now };
  if (run.verdict === null) return ended(after, 'interrupted', null);
  if (runs.length >= series.times) return ended(after, 'complete', null);
  return series.stopping ? ended(after, 'stopped', null) : { ...after, nextAt: now + series.pauseMs };
}

/** What became of a run that had no verdict when the series was interrupted by it. */
export function withLateResult(series: Series, run: SeriesRun): Series {
  const runs = series.runs.map((one) => (one.id === run.id && one.verdict === null ? run : one));
  return { ...series, runs };
}

/** On to the next run. One that was named and never opened keeps its name. */
export function withNext(series: Series, id: string, now: number): Series {
  if (series.stopping) return ended(series, 'stopped', null);
  return { ...series, current: series.current ?? id, nextAt: null, touchedAt: now };
}

export function ended(series: Series, end: NonNullable<Series['end']>, problem: Problem | null): Series {
  return { ...series, end, problem, current: null, nextAt: null };
}

/** How many runs ended in each way: those that say nothing of the operator count as neither. */
export function countRuns({ runs }: Series): Record<Expected, number> {
  const count = { as_expected: 0, not_as_expected: 0, inconclusive: 0 };
  for (const { expected } of runs) count[expected] += 1;
  return count;
}
