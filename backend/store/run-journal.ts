import { setTimeout as delay } from 'node:timers/promises';
import { diagnose } from '#protocol/diagnosis/diagnose.ts';
import type { Failure } from '#protocol/failure.ts';
import type { Run, Verdict } from '#protocol/run.ts';
import { applyRunEvent, type NewRunEvent, type RunEvent } from '#protocol/run-events.ts';

import type { RunStore } from './run-store.ts';
import { StorageError } from './storage-error.ts';

/** The one writer of a run. What it commits is durable first and heard second. */
export interface RunJournal {
  /** The record with every event added so far, committed or not. */
  readonly run: Run;
  add(event: NewRunEvent): void;
  commit(): Promise<void>;
  /** Closes the run with its diagnosis; legs that never ran say so. The last commit. */
  end(verdict: Verdict, failure: Failure | null): Promise<void>;
}

/** Milliseconds between tries while the store is out of reach: what an operator answered is worth some patience. */
const AGAIN_AFTER_MS = [250, 500, 1000, 2000, 4000];

export function openJournal(
  started: Run,
  store: RunStore,
  publish: (runId: string, events: readonly RunEvent[], run: Run) => void,
): RunJournal {
  let run = started;
  let pending: RunEvent[] = [];

  const add = (event: NewRunEvent) => {
    const sequence = (run.events.at(-1)?.sequence ?? 0) + 1;
    const stamped = { ...event, sequence, at: Date.now() } as RunEvent;
    pending.push(stamped);
    run = applyRunEvent(run, stamped);
  };
  const commit = async () => {
    const events = [...pending];
    await persist(store, run.id, events);
    // Only now: what could not be committed is part of the next attempt.
    pending = pending.slice(events.length);
    publish(run.id, events, run);
  };
  return {
    get run() {
      return run;
    },
    add,
    commit,
    async end(verdict, failure) {
      for (const leg of run.legs.filter(({ outcome }) => outcome === 'waiting')) {
        add({ type: 'leg', leg: leg.name, outcome: 'not_run', startedAtMs: null, durationMs: null });
      }
      add({ type: 'ended', verdict, failure, cause: diagnose(run, verdict, failure) });
      await commit();
    },
  };
}

/** The same events may be appended again, so a commit whose answer was lost is simply repeated. */
async function persist(store: RunStore, id: string, events: readonly RunEvent[]): Promise<void> {
  for (const pause of AGAIN_AFTER_MS) {
    try {
      return await store.append(id, events);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      // A process that is asked to end does not stay for a store that is closed.
      await delay(pause, null, { ref: false });
    }
  }
  return store.append(id, events);
}
