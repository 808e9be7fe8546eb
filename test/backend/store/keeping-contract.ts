/** What is kept beside a run and beside what was made here: imports, references, campaigns, as every store has to keep them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { redactRun } from '#protocol/exports/redact-run.ts';
import type { Run } from '#protocol/run.ts';

import type { RunStore } from '../../../backend/store/run-store.ts';
import { hopOf, profileAt, runOf } from '../../support/fixtures.ts';
import { appendTo, claim } from '../../support/write-to.ts';
import { stated } from './history-cases.ts';

/** Retention of these tests; every run is of one of its sides. */
const OLD = 1000;
const CUTOFF = 2000;

export function testKeeping(name: string, open: () => Promise<RunStore>): void {
  describe(name, () => {
    let store: RunStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());
    const ownProfile = () => profileAt('https://api.example', { id: `keeping-${randomUUID()}` });

    /** A run that has ended here. */
    const make = async (change: Partial<Run> = {}, receivedAt = Date.now()) => {
      const run = runOf(change.profile ?? ownProfile(), change);
      await store.create(run, { type: 'created', sequence: 1, at: receivedAt, run }, 'digest');
      await appendTo(store, run.id, [
        { type: 'ended', sequence: 2, at: receivedAt, verdict: 'match', failure: null, cause: null },
      ]);
      return run.id;
    };
    /** A run as a file has it: ended, with a log of its own. */
    const exported = (change: Partial<Run> = {}) =>
      redactRun(
        runOf(ownProfile(), {
          ...stated({ place: 'Athens' }),
          phase: 'ended',
          verdict: 'no_match',
          endedAt: 9,
          hops: [hopOf()],
          events: [
            { sequence: 1, at: 5, type: 'created', leg: null },
            { sequence: 7, at: 9, type: 'ended', leg: null },
          ],
          ...change,
        }),
      );
    const lineOf = async (id: string) => (await store.list({ text: id }, null, 1)).runs[0];

    test('an imported run is the record of its file, and its line says that it was imported (E11)', async () => {
      const run = exported();
      expect(await store.importRun(run, `of ${run.id}`, 77)).toBe('imported');
      const stored = await store.read(run.id);
      expect(stored?.run).toEqual(run);
      expect(stored).toMatchObject({ importedAt: 77, submissionDigest: null, hashDoctorDigest: null });
      expect(await lineOf(run.id)).toMatchObject({ origin: 'imported', importedAt: 77, verdict: 'no_match' });
      const { runs } = await store.list({ origin: 'imported', text: 'imported athens' }, null, 100);
      expect(runs.map(({ id }) => id)).toContain(run.id);
    });

    test('the same run again is already here; another of that id changes nothing (E11, E12)', async () => {
      const run = exported();
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => store.importRun(run, `of ${run.id}`, 1)),
      );
      expect(answers.toSorted()).toEqual([...Array(4).fill('already_here'), 'imported']);
      const changed = { ...run, verdict: 'match' as const };
      expect(await store.importRun(changed, 'of another', 2)).toBe('id_taken');
      expect((await store.read(run.id))?.run).toEqual(run);
    });

    test('a run that was made here comes back from its own file as already here (E11)', async () => {
      const id = await make();
      const { run } = (await store.read(id)) ?? {};
      expect(await store.importRun(redactRun(run as Run), 'of it', 1)).toBe('already_here');
      expect(await store.importRun({ ...(run as Run), startedAt: 5 }, 'not of it', 1)).toBe('id_taken');
      expect(await lineOf(id)).toMatchObject({ origin: 'live', importedAt: null });
    });

    test('nothing in an import is ever carried on, and one under way is no import (PR5)', async () => {
      const run = exported();
      await store.importRun(run, `of ${run.id}`, 1);
      expect(await store.abandoned(Date.now())).not.toContain(run.id);
      expect(await store.takeExpired()).not.toContain(run.id);
      expect(await claim(store, run.id, 'a')).toBe('conflict');
      expect(await store.claimHashDoctor(run.id, 'a')).toBe('conflict');
      const doctor = { type: 'hash_doctor', form: 'plus', verified: true, cause: null } as const;
      await expect(appendTo(store, run.id, [{ ...doctor, sequence: 8, at: 1 }])).rejects.toThrow(/imported/);
      const begun = exported({ phase: 'verifying', verdict: null });
      await expect(store.importRun(begun, 'begun', 1)).rejects.toThrow(/ended/);
      expect(await store.read(begun.id)).toBeNull();
    });

    test('a profile has one reference, which goes with its run (S14)', async () => {
      const profile = ownProfile();
      const [first, second] = [await make({ profile }), await make({ profile })];
      const other = await make();
      for (const id of [first, other, second]) expect(await store.setReference(id, true)).toBe('set');
      expect(await store.referenceOf(profile.id)).toBe(second);
      expect([(await lineOf(first))?.reference, (await lineOf(second))?.reference]).toEqual([false, true]);
      expect((await store.read(second))?.reference).toBe(true);
      expect((await lineOf(other))?.reference).toBe(true);
      await store.delete(second);
      expect(await store.referenceOf(profile.id)).toBeNull();
      await store.setReference(first, true);
      await store.setReference(first, false);
      expect(await store.referenceOf(profile.id)).toBeNull();
    });

    test('of many named at once one is the reference; a run that is under way or not there is none', async () => {
      const profile = ownProfile();
      const ids = await Promise.all(Array.from({ length: 8 }, () => make({ profile })));
      await Promise.all(ids.map((id) => store.setReference(id, true)));
      const lines = (await store.list({ profile: profile.id }, null, 100)).runs;
      const named = lines.filter(({ reference }) => reference);
      expect(named.map(({ id }) => id)).toEqual([await store.referenceOf(profile.id)]);
      const flying = runOf(profile);
      await store.create(flying, { type: 'created', sequence: 1, at: 1, run: flying }, 'digest');
      expect(await store.setReference(flying.id, true)).toBe('in_flight');
      expect(await store.setReference(runOf(profile).id, true)).toBe('unknown');
    });

    test('retention passes over references and kept campaigns, and counts imports from their import (S14)', async () => {
      const campaign = (value: string) => stated({ campaign: value });
      const [kept, gone, reference] = [
        await make(campaign('kept'), OLD),
        await make(campaign('not kept'), OLD),
        await make({}, OLD),
      ];
      const [fresh, stale] = [exported(campaign('kept too')), exported()];
      await store.importRun({ ...fresh, startedAt: 1 }, 'fresh', CUTOFF);
      await store.importRun(stale, 'stale', OLD);
      await store.setReference(reference, true);
      for (const name of ['kept', 'not kept', 'kept']) await store.keepCampaign(name, true);
      await store.keepCampaign('not kept', false);
      expect(await store.keptCampaigns()).toEqual(['kept']);
      await store.deleteBefore(CUTOFF);
      const left = await Promise.all([kept, reference, fresh.id, gone, stale.id].map((id) => store.read(id)));
      expect(left.map(Boolean)).toEqual([true, true, true, false, false]);
      await store.keepCampaign('kept', false);
      await store.deleteBefore(CUTOFF);
      expect(await store.read(kept)).toBeNull();
    });
  });
}
