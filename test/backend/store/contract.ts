/** What every store has to do, held against each of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Run } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import type { RunStore } from '../../../backend/store/run-store.ts';
import { profileAt, runOf } from '../../support/fixtures.ts';
import { appendTo, claim, readWith, spend } from '../../support/write-to.ts';
import { testCoverage } from './coverage-contract.ts';
import { testHistory } from './history-contract.ts';
import { testKeeping } from './keeping-contract.ts';

export const profile = profileAt('https://api.example');
export const created = (run: Run, at = Date.now()): RunEvent => ({ type: 'created', sequence: 1, at, run });
export const ended = {
  type: 'ended' as const,
  sequence: 2,
  at: 2,
  verdict: 'match',
  failure: null,
  cause: null,
} satisfies RunEvent;

/** `open` gives a store of its own each time it is called. */
export function testRunStore(name: string, open: () => Promise<RunStore>): void {
  describe(name, () => {
    let store: RunStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());
    const make = async (change: Partial<Run> = {}, at?: number) => {
      const run = runOf(profile, change);
      await store.create(run, created(run, at), 'digest');
      return run;
    };

    test('a run is made once; what is read is a copy', async () => {
      const run = await make();
      expect(await store.create(run, created(run), 'another')).toBe(false);
      const stored = await store.read(run.id);
      expect(stored).toMatchObject({ requestDigest: 'digest', submissionDigest: null, run: { id: run.id } });
      if (stored) stored.run.verdict = 'match';
      expect((await store.read(run.id))?.run.verdict).toBeNull();
      expect(await store.read('no such id')).toBeNull();
    });

    test('what was recorded comes back as it was, whatever an operator or a tester wrote', async () => {
      const odd = 'a\0b \ud800 \u202e "\'\\%_ ‹ü› 😀 \r\n\u001b[31m';
      const run = await make({ conditions: { place: { value: odd, basis: 'stated', at: 1 } } });
      const stored = await store.read(run.id);
      expect(stored?.run.conditions.place?.value).toBe(JSON.parse(JSON.stringify(odd)));
      expect(stored?.run).toEqual({ ...run, events: stored?.run.events });
    });

    test('of many who make one run, one has made it (B16)', async () => {
      const run = runOf(profile);
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => store.create(run, created(run), 'digest')),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    test('leg 1 is reported once: the same report is the same, another one a conflict (B16, B17)', async () => {
      const { id } = await make();
      const claims = await Promise.all(['a', 'a', 'a'].map((digest) => claim(store, id, digest)));
      expect(claims.toSorted()).toEqual(['claimed', 'same', 'same']);
      expect(await claim(store, id, 'b')).toBe('conflict');
      await appendTo(store, id, [{ ...ended, sequence: 3 }]);
      expect(await claim(store, id, 'a')).toBe('same');
      const over = await make();
      await appendTo(store, over.id, [ended]);
      expect(await claim(store, over.id, 'a')).toBe('conflict');
      await expect(claim(store, runOf(profile).id, 'a')).rejects.toThrow(/created before/);
    });

    test('a claim comes with its first events, or nothing of it comes (PR4, PR5)', async () => {
      const { id } = await make();
      expect(await claim(store, id, 'a', { code: 'of the first', numberHmac: 'hmac' })).toBe('claimed');
      expect((await store.read(id))?.run.phase).toBe('code_received');
      const { id: other } = await make();
      expect(await claim(store, other, 'b', { code: 'of the first', numberHmac: 'hmac' })).toBe('code_spent');
      // As by somebody who read it before it had these events.
      const began = { type: 'phase', sequence: 2, at: 2, phase: 'code_received' } as const;
      const before = await readWith(store, other, [began]);
      await appendTo(store, other, [{ ...began, phase: 'waiting' }]);
      const late = { digest: 'c', numberHmac: null };
      expect(await store.claimSubmission(before, [began], late, 'of its own')).toBe('changed');
      expect(await store.read(other)).toMatchObject({ submissionDigest: null, run: { phase: 'waiting' } });
      expect(await store.forgetNumber('hmac')).toBe(1);
      expect(await claim(store, other, 'd', { code: 'of its own' })).toBe('claimed');
    });

    test('the hash doctor is asked once (B17)', async () => {
      const { id } = await make();
      expect(await store.claimHashDoctor(id, 'a')).toBe('claimed');
      expect(await store.claimHashDoctor(id, 'a')).toBe('same');
      expect(await store.claimHashDoctor(id, 'b')).toBe('conflict');
      expect((await store.read(id))?.hashDoctorDigest).toBe('a');
    });

    test('a code is spent by the first who brings it, at each operator for itself (PR5)', async () => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => spend(store, 'one', 'code')));
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await spend(store, 'two', 'code')).toBe(true);
      expect(await spend(store, 'one', 'other')).toBe(true);
    });

    test('events are appended and folded; the same again changes nothing (S12)', async () => {
      const { id } = await make();
      await appendTo(store, id, [ended]);
      await appendTo(store, id, [ended]);
      const stored = await store.read(id);
      expect(stored?.events.map(({ sequence }) => sequence)).toEqual([1, 2]);
      expect(stored?.run).toMatchObject({ phase: 'ended', verdict: 'match' });
      await expect(appendTo(store, runOf(profile).id, [ended])).rejects.toThrow(/created before/);
    });

    test('events have the order of their sequence, whatever the clock said (S13)', async () => {
      const { id } = await make({}, 5_000_000);
      await appendTo(store, id, [{ type: 'phase', sequence: 2, at: 4_000_000, phase: 'code_received' }]);
      await appendTo(store, id, [{ ...ended, sequence: 3, at: 3_000_000 }]);
      const stored = await store.read(id);
      expect(stored?.events.map(({ type }) => type)).toEqual(['created', 'phase', 'ended']);
      expect(stored?.run.events.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    });

    test('abandoned runs are those nobody has reported on, by this backend’s clock and not the browser’s', async () => {
      const old = await make({ startedAt: Date.now() + 86_400_000 }, 1000);
      const reported = await make({}, 1000);
      const over = await make({}, 1000);
      await make({ startedAt: 0 }, 3000);
      await claim(store, reported.id, 'a');
      await appendTo(store, over.id, [ended]);
      expect(await store.abandoned(2000)).toEqual([old.id]);
    });

    test('a number is forgotten in all its runs, also in what began them, and in no other (PR3)', async () => {
      const number = { mask: '+44 •••• •••901', country: 'GB' };
      const runs = [await make({ number }), await make({ number }), await make({ number })];
      const hmacs = ['of one', 'of one', 'of another'];
      for (const [at, run] of runs.entries())
        await claim(store, run.id, 'a', { numberHmac: hmacs[at] ?? null });
      expect(await store.forgetNumber('of one')).toBe(2);
      expect(await store.forgetNumber('of one')).toBe(0);
      const masks = await Promise.all(
        runs.map(async ({ id }) => JSON.stringify(await store.read(id)).includes('•901')),
      );
      expect(masks).toEqual([false, false, true]);
      const lines = (await store.list({}, null, 1000)).runs;
      expect(runs.map(({ id }) => lines.find((line) => line.id === id)?.mask)).toEqual([
        null,
        null,
        number.mask,
      ]);
    });
  });

  testHistory(`${name}: history`, open);
  testKeeping(`${name}: keeping`, open);
  testCoverage(`${name}: coverage`, open);
}
