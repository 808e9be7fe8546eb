import { stopListeningToTraffic } from '../walker/hop-traffic.ts';
import { keepAwake } from './awake.ts';
import { tryAgainNow } from './hand-over.ts';
import { handOverKept } from './hand-over-kept.ts';
import { recoverInspected } from './inspect-flow.ts';
import { isOpen, isRepeating } from './is-open.ts';
import { openLateStart } from './late-start.ts';
import type { ProblemCode, StartMessage } from './messages.ts';
import { clearPendingRun } from './pending-run.ts';
import { openPermissionSigns } from './permission-signs.ts';
import { recoverRun } from './recover-run.ts';
import { beginSeries } from './repeat.ts';
import { carrySeries, resumeSeries, type SeriesHands } from './repeat-flow.ts';
import { changeSeries, clearSeries, writeSeries } from './repeat-store.ts';
import { type OpenedRun, openRun, type RunControls, runFlow } from './run-flow.ts';
import { clearSavedRun, readSavedRun } from './saved-run.ts';
import { readSettings, writeSessionNumber } from './settings.ts';

type RunStart = Omit<StartMessage, 'type'>;
type Repeat = { times: number; pauseMs: number };

/** The one run, or the one series of runs, that this browser is at. What a method refuses, it names the problem of. */
export interface OneAtATime {
  /** Opens a run, or the first of a series, and carries it on from there. Rejects with a `BackendProblem` where the backend did not open it. */
  begin(start: RunStart, repeat: Repeat | null): Promise<ProblemCode | OpenedRun>;
  /** Does `work` in place of a run, cancelled and given permissions like one. */
  occupy(work: (controls: RunControls) => Promise<void>): Promise<ProblemCode | null>;
  cancel(): Promise<void>;
  /** No further run of the series. */
  stopSeries(): Promise<void>;
  dismiss(): Promise<ProblemCode | null>;
  /** Sees to what an earlier worker left undone, if nothing is being done already. */
  recover(): Promise<void>;
  /** Something was granted: a waiting run should look again. */
  permissionSign(): void;
  isIdle(): boolean;
}

export function oneAtATime(): OneAtATime {
  let busy: Promise<void> | null = null;
  let opening: Promise<OpenedRun> | null = null;
  let cancel = new AbortController();
  let drop = new AbortController();
  let endPause = () => {};
  let occupied = false;
  const signs = openPermissionSigns();
  const startLate = openLateStart(begin);

  return {
    begin,
    occupy,
    stopSeries,
    permissionSign,
    isIdle: () => busy === null,
    async cancel() {
      // Who cancels a run of a series does not want the next one to begin.
      const stopped = stopSeries();
      cancel.abort();
      signs.give();
      await stopped;
    },
    async dismiss() {
      const saved = await readSavedRun();
      if (saved && saved.stage !== 'done' && saved.notSaved === null) return 'run_active';
      if (await isRepeating()) return 'run_active';
      drop.abort();
      await clearPendingRun();
      await clearSavedRun();
      await clearSeries();
      return null;
    },
    async recover() {
      tryAgainNow();
      await carryOn(async (dropped) => {
        await recoverInspected();
        await recoverRun(dropped);
        await resumeSeries(handsOf(dropped));
      });
      void keepAwake(handOverKept());
    },
  };

  async function begin(start: RunStart, repeat: Repeat | null, againFor: string | null = null) {
    const lastRun = busy;
    const { backend } = await readSettings();
    if (!backend) return 'not_paired';
    if (opening || occupied || (await isOpen())) return 'run_active';
    // A run whose end is on show may still be tidying up; one that began since this was asked is another's.
    await lastRun;
    if (opening || busy) return 'run_active';
    const id = crypto.randomUUID();
    cancel = new AbortController();
    const { signal } = cancel;
    const opened = keepSeries(start, repeat, id)
      .then(() => openRun(start, backend, id, againFor))
      .catch(async (error) => {
        // Refused its first run, a series has not begun.
        await clearSeries();
        throw error;
      })
      .finally(() => {
        opening = null;
      });
    opening = opened;
    void carryOn(async (dropped) => {
      await follow(opened, start.number, signal, dropped);
      await carrySeries(handsOf(dropped));
    }).then(() => keepAwake(handOverKept()));
    return opened;
  }

  async function occupy(work: (controls: RunControls) => Promise<void>): Promise<ProblemCode | null> {
    const before = busy;
    if (opening || occupied || (await isOpen())) return 'run_active';
    await before;
    if (opening || busy) return 'run_active';
    cancel = new AbortController();
    const { signal } = cancel;
    occupied = true;
    void carryOn((dropped) =>
      work(controlsOf(signal, dropped)).finally(() => {
        occupied = false;
        stopListeningToTraffic();
      }),
    );
    return null;
  }

  /** Does `work` if nothing is being done already, with the worker kept awake. */
  function carryOn(work: (dropped: AbortSignal) => Promise<void>): Promise<void> {
    if (busy) return busy;
    drop = new AbortController();
    busy = keepAwake(work(drop.signal)).finally(() => {
      busy = null;
    });
    return busy;
  }

  /** The run from the moment it is opened to its end; one that could not be opened leaves nothing behind. */
  async function follow(
    opened: Promise<OpenedRun>,
    number: string,
    cancelled: AbortSignal,
    dropped: AbortSignal,
  ): Promise<void> {
    const run = await opened.catch(() => null);
    if (!run) return clearPendingRun();
    try {
      await runFlow(run, number, controlsOf(cancelled, dropped));
    } finally {
      stopListeningToTraffic();
    }
  }

  function handsOf(dropped: AbortSignal): SeriesHands {
    return {
      async run({ number, ...start }, id) {
        const { backend } = await readSettings();
        if (!backend) return { code: 'not_paired', detail: null };
        cancel = new AbortController();
        const opened = openRun({ ...start, number }, backend, id);
        await follow(opened, number, cancel.signal, dropped);
        await opened;
        return null;
      },
      pause: (ms) =>
        new Promise((resolve) => {
          endPause = resolve;
          setTimeout(resolve, Math.max(0, ms));
        }),
    };
  }

  async function stopSeries(): Promise<void> {
    await changeSeries((series) => ({ ...series, stopping: series.end === null }));
    endPause();
  }

  function permissionSign(): void {
    signs.give();
    void (busy ?? Promise.resolve()).then(startLate);
  }

  function controlsOf(cancelled: AbortSignal, dropped: AbortSignal): RunControls {
    return { cancelled, dropped, permissionSign: (ms) => signs.next(ms, cancelled) };
  }
}

/** The series this run begins is written before the run is opened; a run of its own puts an earlier series away. */
async function keepSeries({ number, ...start }: RunStart, repeat: Repeat | null, id: string): Promise<void> {
  if (!repeat) return clearSeries();
  await writeSessionNumber(number);
  await writeSeries(beginSeries(start, repeat, id, Date.now()));
}
