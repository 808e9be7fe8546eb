import type { Run } from '#protocol/run.ts';
import { asExpected } from '#protocol/run-reading.ts';
import { NOT_KEPT, summaryOf } from '#protocol/run-summary.ts';

import { BackendProblem } from '../backend-client/backend-problem.ts';
import type { Problem } from './messages.ts';
import { fitsMask } from './number-mask.ts';
import {
  ended,
  type Series,
  type SeriesRun,
  type SeriesStart,
  withLateResult,
  withNext,
  withResult,
} from './repeat.ts';
import { changeSeries, readSeries } from './repeat-store.ts';
import { readSavedRun } from './saved-run.ts';
import { readSessionNumber } from './settings.ts';

/** What a series needs from the door. */
export interface SeriesHands {
  /** One run, from its opening to its end. A problem, or a `BackendProblem`, where it could not be opened. */
  run(start: SeriesStart & { number: string }, id: string): Promise<Problem | null>;
  /** Resolves after `ms`, or when the series is asked to stop. */
  pause(ms: number): Promise<void>;
}

/** A series nobody carried for longer than this is not taken up again: the person has gone on to something else. */
const RESUME_WITHIN_MS = 3 * 60_000;

/** Carries the series from wherever it stands to its end, one run at a time. Does nothing where there is none. */
export async function carrySeries(hands: SeriesHands): Promise<void> {
  for (let series = await settle(); series?.end === null; ) {
    if (series.nextAt !== null) await hands.pause(series.nextAt - Date.now());
    const next = await changeSeries((now) => withNext(now, crypto.randomUUID(), Date.now()));
    if (!next?.current) return;
    const problem = await runOnce(next, next.current, hands);
    series = await settle();
    // Named still: it left nothing behind, and would be tried for ever.
    if (series?.current) {
      await changeSeries((now) => ended(now, 'interrupted', problem));
      return;
    }
  }
}

/** A new worker goes on where the old one died, if that was a moment ago. The run it died in has been seen to. */
export async function resumeSeries(hands: SeriesHands): Promise<void> {
  const found = await readSeries();
  if (!found) return;
  const series = await settle();
  if (series?.end !== null) return;
  if (Date.now() - found.touchedAt <= RESUME_WITHIN_MS) return carrySeries(hands);
  await changeSeries((now) => ended(now, 'interrupted', null));
}

/** The number comes from where the session keeps it: forgetting it ends the series. */
async function runOnce({ start }: Series, id: string, hands: SeriesHands): Promise<Problem | null> {
  const number = await readSessionNumber();
  if (!number || !fitsMask(number, start.mask)) return null;
  try {
    return await hands.run({ ...start, number }, id);
  } catch (error) {
    if (error instanceof BackendProblem) return error.told();
    throw error;
  }
}

/** Takes down what became of the current run, if it is over or can go no further. */
async function settle(): Promise<Series | null> {
  const saved = await readSavedRun();
  return changeSeries((series) => {
    if (!saved) return series;
    const over = saved.stage === 'done' ? resultOf(saved.run) : openEnd(saved.run);
    return saved.run.id === series.current
      ? withResult(series, over, Date.now())
      : withLateResult(series, over);
  });
}

function resultOf(run: Run): SeriesRun {
  const { id, verdict } = run;
  return { id, verdict, expected: asExpected(run), durationMs: summaryOf(run, NOT_KEPT).durationMs };
}

function openEnd({ id }: Run): SeriesRun {
  return { id, verdict: null, expected: 'inconclusive', durationMs: null };
}
