import { LATENCY_RUNS } from '#protocol/coverage-api.ts';
import { tableOf } from '#protocol/coverage-table.ts';
import { digestInput } from '#protocol/exports/digest-input.ts';
import { COUNT_LIMIT } from '#protocol/history-api.ts';
import type { Run } from '#protocol/run.ts';
import { applyRunEvent, type RunEvent } from '#protocol/run-events.ts';
import { latencyOf, timingsOf } from './latency.ts';
import { isFinishedLive, recount } from './memory-coverage.ts';
import { linesOf, pageOf } from './memory-history.ts';
import { carriable, FRESH, known, type MemoryRun, makeRoom, receivedAt } from './memory-run.ts';
import type { RunStore, Whose } from './run-store.ts';

/** Runs for as long as the process lives, the oldest making room for the newest. */
export function createMemoryRunStore(capacity = 5000): RunStore {
  const runs = new Map<string, MemoryRun>();
  const spentCodes = new Set<string>();
  const campaigns = new Set<string>();
  /** Whether retention, and newer runs, pass over it. */
  const isKept = ({ run, pinned, reference }: MemoryRun) =>
    pinned || reference || run.phase !== 'ended' || campaigns.has(run.conditions.campaign?.value ?? '');

  const theirs = (whose: Whose) =>
    [...runs.values()].filter(({ run }) => whose === null || run.ownerId === whose);

  const add = (stored: MemoryRun, events: readonly RunEvent[]) => {
    stored.events.push(...events);
    stored.run = events.reduce(applyRunEvent, stored.run);
  };

  return {
    async create(run: Run, created: RunEvent, requestDigest: string) {
      if (runs.has(run.id)) return false;
      runs.set(run.id, {
        run: applyRunEvent(run, created),
        events: [created],
        requestDigest,
        ...FRESH,
      });
      makeRoom(runs, capacity, isKept);
      return true;
    },
    async read(id) {
      const stored = runs.get(id);
      if (!stored) return null;
      const { numberHmac, ...shown } = stored;
      return structuredClone(shown);
    },
    async claimSubmission(run, events, { digest, numberHmac }, codeDigest) {
      const stored = known(runs, run.id);
      if (stored.submissionDigest === digest) return 'same';
      if (stored.submissionDigest !== null || stored.run.phase === 'ended') return 'conflict';
      if (events[0]?.sequence !== (stored.events.at(-1)?.sequence ?? 0) + 1) return 'changed';
      const code = codeDigest === null ? null : `${run.profile.id} ${codeDigest}`;
      if (code !== null && spentCodes.has(code)) return 'code_spent';
      if (code !== null) spentCodes.add(code);
      stored.submissionDigest = digest;
      stored.numberHmac = numberHmac;
      add(stored, events);
      return 'claimed';
    },
    async claimHashDoctor(id, digest) {
      const stored = known(runs, id);
      if (stored.importedAt !== null) return 'conflict';
      if (stored.hashDoctorDigest !== null) return stored.hashDoctorDigest === digest ? 'same' : 'conflict';
      stored.hashDoctorDigest = digest;
      return 'claimed';
    },
    async append(run, events) {
      const stored = carriable(runs, run.id);
      const last = stored.events.at(-1)?.sequence ?? 0;
      const fresh = events.filter(({ sequence }) => sequence > last);
      for (const event of events.filter((one) => !fresh.includes(one))) {
        const there = stored.events.find(({ sequence }) => sequence === event.sequence);
        if (JSON.stringify(there) !== JSON.stringify(event))
          throw new Error('Another process has carried this run on');
      }
      add(stored, fresh);
    },
    async abandoned(startedBefore) {
      return [...runs.values()]
        .filter(
          (stored) =>
            stored.run.phase !== 'ended' &&
            stored.submissionDigest === null &&
            receivedAt(stored) < startedBefore,
        )
        .map(({ run }) => run.id);
    },
    // Nobody else can have these runs, and they go with their process.
    async renewLeases() {},
    async takeExpired() {
      return [];
    },
    async list(filter, cursor, limit, whose = null) {
      return pageOf(theirs(whose), filter, cursor, limit);
    },
    async count(filter, whose = null) {
      const found = linesOf(theirs(whose), filter).length;
      return { runs: Math.min(found, COUNT_LIMIT), more: found > COUNT_LIMIT };
    },
    async coverage(query, whose = null) {
      const { rows: _rows, columns: _columns, ...filter } = query;
      return tableOf(recount(linesOf(theirs(whose), filter), query));
    },
    async latency(filter, whose = null) {
      const newest = linesOf(theirs(whose), filter).filter(isFinishedLive).slice(0, LATENCY_RUNS);
      return latencyOf(newest.map(({ id }) => timingsOf(known(runs, id).run)));
    },
    async importRun(run, _digest, at) {
      if (run.phase !== 'ended') throw new TypeError('Only a run that has ended is imported');
      const there = runs.get(run.id);
      if (there) return digestInput(there.run) === digestInput(run) ? 'already_here' : 'id_taken';
      const events: RunEvent[] = [{ type: 'created', sequence: 1, at, run }];
      runs.set(run.id, { run: structuredClone(run), events, requestDigest: '', ...FRESH, importedAt: at });
      makeRoom(runs, capacity, isKept);
      return 'imported';
    },
    async setReference(id, reference) {
      const stored = runs.get(id);
      if (!stored) return 'unknown';
      if (stored.run.phase !== 'ended') return 'in_flight';
      for (const other of runs.values()) {
        if (other.run.profile.id === stored.run.profile.id && reference) other.reference = false;
      }
      stored.reference = reference;
      return 'set';
    },
    async referenceOf(profileId) {
      const isIt = ({ run, reference }: MemoryRun) => reference && run.profile.id === profileId;
      return [...runs.values()].find(isIt)?.run.id ?? null;
    },
    async keepCampaign(campaign, kept) {
      if (kept) campaigns.add(campaign);
      else campaigns.delete(campaign);
    },
    async keptCampaigns() {
      return [...campaigns].toSorted();
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
      const old = [...runs.values()].filter((stored) => !isKept(stored) && receivedAt(stored) < before);
      for (const { run } of old) runs.delete(run.id);
      return old.length;
    },
    async forgetNumber(numberHmac, whose = null) {
      const known = theirs(whose).filter((stored) => stored.numberHmac === numberHmac);
      for (const stored of known) {
        stored.numberHmac = null;
        stored.run = { ...stored.run, number: null };
        stored.events = stored.events.map((event) =>
          event.type === 'created' ? { ...event, run: { ...event.run, number: null } } : event,
        );
      }
      return known.length;
    },
    async ready() {
      return true;
    },
    async close() {
      runs.clear();
    },
  };
}
