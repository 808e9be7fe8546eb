import type { Run } from '#protocol/run.ts';
import { applyRunEvent, type RunEvent } from '#protocol/run-events.ts';

import { pageOf } from './memory-history.ts';
import type { RunStore, StoredRun } from './run-store.ts';

interface MemoryRun extends StoredRun {
  numberHmac: string | null;
}

/** Runs for as long as the process lives, the oldest making room for the newest. */
export function createMemoryRunStore(capacity = 5000): RunStore {
  const runs = new Map<string, MemoryRun>();
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
        pinned: false,
        numberHmac: null,
      });
      makeRoom(runs, capacity);
      return true;
    },
    async read(id) {
      const stored = runs.get(id);
      if (!stored) return null;
      const { numberHmac, ...shown } = stored;
      return structuredClone(shown);
    },
    async claimSubmission(id, digest, numberHmac = null) {
      const stored = known(runs, id);
      if (stored.submissionDigest === digest) return 'same';
      if (stored.submissionDigest !== null || stored.run.phase === 'ended') return 'conflict';
      stored.submissionDigest = digest;
      stored.numberHmac = numberHmac;
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
      const last = stored.events.at(-1)?.sequence ?? 0;
      const fresh = events.filter(({ sequence }) => sequence > last);
      stored.events.push(...fresh);
      stored.run = fresh.reduce(applyRunEvent, stored.run);
    },
    async abandoned(startedBefore) {
      return [...runs.values()]
        .filter(
          ({ run, submissionDigest }) =>
            run.phase !== 'ended' && submissionDigest === null && receivedAt(run) < startedBefore,
        )
        .map(({ run }) => run.id);
    },
    // Nobody else can have these runs, and they go with their process.
    async renewLeases() {},
    async takeExpired() {
      return [];
    },
    async list(filter, cursor, limit) {
      return pageOf(runs.values(), filter, cursor, limit);
    },
    async setPinned(id, pinned) {
      const stored = runs.get(id);
      if (stored) stored.pinned = pinned;
      return stored !== undefined;
    },
    async delete(id) {
      const stored = runs.get(id);
      if (stored && stored.run.phase !== 'ended') return 'in_flight';
      return runs.delete(id) ? 'deleted' : 'unknown';
    },
    async deleteBefore(before) {
      const old = [...runs.values()].filter(
        ({ run, pinned }) => !pinned && run.phase === 'ended' && receivedAt(run) < before,
      );
      for (const { run } of old) runs.delete(run.id);
      return old.length;
    },
    async forgetNumber(numberHmac) {
      const known = [...runs.values()].filter((stored) => stored.numberHmac === numberHmac);
      for (const stored of known) {
        stored.numberHmac = null;
        stored.run = { ...stored.run, number: null };
        stored.events = stored.events.map((event) =>
          event.type === 'created' ? { ...event, run: { ...event.run, number: null } } : event,
        );
      }
      return known.length;
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

/** Only ended runs make room, pinned ones excepted: one in flight is never dropped. */
function makeRoom(runs: Map<string, MemoryRun>, capacity: number): void {
  for (const [id, { run, pinned }] of runs) {
    if (runs.size <= capacity) return;
    if (run.phase === 'ended' && !pinned) runs.delete(id);
  }
}

function known(runs: Map<string, MemoryRun>, id: string): MemoryRun {
  const stored = runs.get(id);
  if (!stored) throw new TypeError('A run is created before anything else is done with it');
  return stored;
}
