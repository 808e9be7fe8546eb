import type { StoredRun } from './run-store.ts';

export interface MemoryRun extends StoredRun {
  numberHmac: string | null;
}

/** What a run has not been through when it comes in. */
export const FRESH = {
  submissionDigest: null,
  hashDoctorDigest: null,
  pinned: false,
  reference: false,
  importedAt: null,
  numberHmac: null,
};

/** When the backend first heard of the run, on its own clock; the browser's may differ. */
export function receivedAt({ run, importedAt }: MemoryRun): number {
  return importedAt ?? run.events[0]?.at ?? run.startedAt;
}

/** What is not kept for a reason makes room. */
export function makeRoom(
  runs: Map<string, MemoryRun>,
  capacity: number,
  isKept: (stored: MemoryRun) => boolean,
): void {
  for (const [id, stored] of runs) {
    if (runs.size <= capacity) return;
    if (!isKept(stored)) runs.delete(id);
  }
}

export function known(runs: Map<string, MemoryRun>, id: string): MemoryRun {
  const stored = runs.get(id);
  if (!stored) throw new TypeError('A run is created before anything else is done with it');
  return stored;
}

export function carriable(runs: Map<string, MemoryRun>, id: string): MemoryRun {
  const stored = known(runs, id);
  if (stored.importedAt !== null) throw new TypeError('An imported run is not carried on');
  return stored;
}
