/** Where the events of a run in flight stand, as of one revision of them. */
export interface Known {
  runNo: number;
  revision: string;
  /** The sequence of the last event. */
  last: number;
}

/** Runs in flight at a time are fewer. */
const LIMIT = 20_000;

/**
 * What this process knows of runs in flight that it has read or written, so that an event is added to one without looking
 * at what came before. It is only good for the revision that the row of the run names: a transaction that was taken back,
 * and another process that wrote, leave another one there.
 */
export interface KnownRuns {
  get(id: string): Known | null;
  keep(id: string, known: Known): void;
  drop(id: string): void;
}

export function createKnownRuns(): KnownRuns {
  const runs = new Map<string, Known>();
  return {
    get: (id) => runs.get(id) ?? null,
    keep(id, known) {
      runs.delete(id);
      runs.set(id, known);
      const oldest = runs.keys().next().value;
      if (runs.size > LIMIT && oldest !== undefined) runs.delete(oldest);
    },
    drop(id) {
      runs.delete(id);
    },
  };
}
