import type { Run } from '#protocol/run.ts';
import { applyRunEvent, type RunEvent } from '#protocol/run-events.ts';

import type { RunStore, StoredRun } from './run-store.ts';

/** Runs for as long as the process lives, the oldest making room for the newest. */
export function createMemoryRunStore(capacity = 5000): RunStore {
  const runs = new Map<string, StoredRun>();
  const spentCodes = new Set<string>();

  return {
    async create(run: Run, created: RunEvent, requestDigest: string) {
      if (runs.has(run.id)) return false;
      runs.set(run.id, {
        run: applyRunEvent(run, created),
        events: [created],
        requestDigest,
        submissionDigest: null,
        hashDoctorDigest: null,
      });
      makeRoom(runs, capacity);
      return true;
    },
    async read(id) {
      const stored = runs.get(id);
      return stored ? structuredClone(stored) : null;
    },
    async claimSubmission(id, digest) {
      const stored = known(runs, id);
      if (stored.submissionDigest === digest) return 'same';
      if (stored.submissionDigest !== null || stored.run.phase === 'ended') return 'conflict';
      stored.submissionDigest = digest;
      return 'claimed';
    },
    async claimHashDoctor(id, digest) {
      const stored = known(runs, id);
      if (stored.hashDoctorDigest !== null) return stored.hashDoctorDigest === digest ? 'same' : 'conflict';
      stored.hashDoctorDigest = digest;
      return 'claimed';
    },
    async spendCode(profileId, codeDigest) {
      const key = `${profileId} ${codeDigest}`;
      if (spentCodes.has(key)) return false;
      spentCodes.add(key);
      return true;
    },
    async append(id, events) {
      const stored = known(runs, id);
      stored.events.push(...events);
      stored.run = events.reduce(applyRunEvent, stored.run);
    },
    async abandoned(startedBefore) {
      return [...runs.values()]
        .filter(
          ({ run, submissionDigest }) =>
            run.phase !== 'ended' && submissionDigest === null && receivedAt(run) < startedBefore,
        )
        .map(({ run }) => run.id);
    },
    async close() {
      runs.clear();
    },
  };
}

/** When the backend first heard of the run, on its own clock; the browser's may differ. */
function receivedAt(run: Run): number {
  return run.events[0]?.at ?? run.startedAt;
}

/** Only ended runs make room: one in flight is never dropped. */
function makeRoom(runs: Map<string, StoredRun>, capacity: number): void {
  for (const [id, { run }] of runs) {
    if (runs.size <= capacity) return;
    if (run.phase === 'ended') runs.delete(id);
  }
}

function known(runs: Map<string, StoredRun>, id: string): StoredRun {
  const stored = runs.get(id);
  if (!stored) throw new TypeError('A run is created before anything else is done with it');
  return stored;
}
