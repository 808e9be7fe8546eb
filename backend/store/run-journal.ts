import { setTimeout as delay } from 'node:timers/promises';
import { diagnose } from '#protocol/diagnosis/diagnose.ts';
import type { Failure } from '#protocol/failure.ts';
import type { Run, Verdict } from '#protocol/run.ts';
import { applyRunEvent, type NewRunEvent, type RunEvent } from '#protocol/run-events.ts';

import type { RunStore, Submission } from './run-store.ts';
import { StorageError } from './storage-error.ts';

/** The one writer of a run. What it commits is durable first and heard second. */
export interface RunJournal {
  /** The record with every event added so far, committed or not. */
  readonly run: Run;
  add(event: NewRunEvent): void;
  commit(): Promise<void>;
  /**
   * Commits these with what was added before, and spends a code with that. False if it was spent before: then nothing was
   * committed, and these are not part of the run. Only of a run that is claimed with it.
   */
  commitSpending(codeDigest: string, events: readonly NewRunEvent[]): Promise<boolean>;
  /** Closes the run with its diagnosis; legs that never ran say so. The last commit. */
  end(verdict: Verdict, failure: Failure | null): Promise<void>;
}

/** The run is not this writer's: its first commit came too late. */
export class NotClaimed extends Error {
  readonly claim: 'same' | 'conflict' | 'changed';

  constructor(claim: NotClaimed['claim']) {
    super(`The claim of a run came to "${claim}"`);
    this.claim = claim;
  }
}

/** Milliseconds between tries while the store is out of reach: what an operator answered is worth some patience. */
const AGAIN_AFTER_MS = [250, 500, 1000, 2000, 4000];

/**
 * With a submission the first commit claims the run, and rejects with `NotClaimed` where somebody else has it, or with
 * what is the matter with the store: whoever submits is still there to try again.
 */
export function openJournal(
  started: Run,
  store: RunStore,
  publish: (runId: string, events: readonly RunEvent[], run: Run) => void,
  submission: Submission | null = null,
): RunJournal {
  let run = started;
  let pending: RunEvent[] = [];
  let unclaimed = submission;

  const add = (event: NewRunEvent) => {
    const sequence = (run.events.at(-1)?.sequence ?? 0) + 1;
    const stamped = { ...event, sequence, at: Date.now() } as RunEvent;
    pending.push(stamped);
    run = applyRunEvent(run, stamped);
  };
  const committed = (events: readonly RunEvent[]) => {
    // Only now: what could not be committed is part of the next attempt.
    pending = pending.slice(events.length);
    publish(run.id, events, run);
  };
  const claim = async (by: Submission, codeDigest: string | null): Promise<boolean> => {
    const events = [...pending];
    const outcome = await store.claimSubmission(run, events, by, codeDigest);
    if (outcome === 'code_spent') return false;
    if (outcome !== 'claimed') throw new NotClaimed(outcome);
    unclaimed = null;
    committed(events);
    return true;
  };
  const commit = async () => {
    if (unclaimed) return void (await claim(unclaimed, null));
    const events = [...pending];
    await persist(store, run, events);
    committed(events);
  };
  return {
    get run() {
      return run;
    },
    add,
    commit,
    async commitSpending(codeDigest, events) {
      if (!unclaimed) throw new TypeError('A code is spent with the claim of its run');
      const before = { run, pending: [...pending] };
      for (const event of events) add(event);
      if (await claim(unclaimed, codeDigest)) return true;
      ({ run, pending } = before);
      return false;
    },
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
async function persist(store: RunStore, run: Run, events: readonly RunEvent[]): Promise<void> {
  for (const pause of AGAIN_AFTER_MS) {
    try {
      return await store.append(run, events);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      // A process that is asked to end does not stay for a store that is closed.
      await delay(pause, null, { ref: false });
    }
  }
  return store.append(run, events);
}
