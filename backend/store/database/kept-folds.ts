import type { Run } from '#protocol/run.ts';

/** What the events of a run have come to, as of one revision of them. */
export interface Fold {
  runNo: number;
  revision: string;
  /** The sequence of the last event. */
  last: number;
  run: Run;
}

/** Runs in flight at a time are far fewer. */
const LIMIT = 3000;

/**
 * The folds of runs that this process writes, so that an event is added to a run without reading all that came before.
 * One is only good for the revision that the row of the run names: a transaction that was taken back, and another
 * process that wrote, leave another one there.
 */
export interface KeptFolds {
  get(id: string): Fold | null;
  keep(id: string, fold: Fold): void;
  drop(id: string): void;
}

export function createKeptFolds(): KeptFolds {
  const folds = new Map<string, Fold>();
  return {
    get: (id) => folds.get(id) ?? null,
    keep(id, fold) {
      folds.delete(id);
      folds.set(id, fold);
      const oldest = folds.keys().next().value;
      if (folds.size > LIMIT && oldest !== undefined) folds.delete(oldest);
    },
    drop(id) {
      folds.delete(id);
    },
  };
}
