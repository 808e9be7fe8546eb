/** Lists, filters, pins and deletions, as every store has to do them. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { failureOf } from '#protocol/failure.ts';
import type { RunFilter } from '#protocol/history-api.ts';
import type { Run } from '#protocol/run.ts';

import type { RunStore } from '../../../backend/store/run-store.ts';
import { hopOf, profileAt, runOf } from '../../support/fixtures.ts';
import { appendTo, nextSequence } from '../../support/write-to.ts';
import { causeOf, FILTERED, stated, WORDS } from './history-cases.ts';

const profile = profileAt('https://api.example');
const CUTOFF = 1_000_000;
const UNKNOWN = { type: 'ended', at: 2, verdict: 'unknown', failure: null, cause: null } as const;

export function testHistory(name: string, open: () => Promise<RunStore>): void {
  describe(name, () => {
    let store: RunStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());
    beforeEach(async () => {
      for (const { id } of (await store.list({}, null, 1000)).runs) {
        await store.setPinned(id, false);
        if ((await store.delete(id)) === 'in_flight')
          await appendTo(store, id, [{ ...UNKNOWN, sequence: await nextSequence(store, id) }]);
        await store.delete(id);
      }
    });

    /** A run that has ended, unless `verdict` is null. */
    const make = async (change: Partial<Run> = {}, receivedAt = Date.now()) => {
      const { verdict = 'match', failure = null, cause = null, hops = [], ...begun } = change;
      const run = runOf(profile, begun);
      await store.create(run, { type: 'created', sequence: 1, at: receivedAt, run }, 'digest');
      if (verdict === null) return run.id;
      await appendTo(store, run.id, [
        { type: 'chain', sequence: 2, at: 2, hops, chainEnd: { kind: 'page', url: null, atMs: 1 } },
        { type: 'ended', sequence: 3, at: 3, verdict, failure, cause },
      ]);
      return run.id;
    };
    const idsOf = async (filter: RunFilter) =>
      (await store.list(filter, null, 100)).runs.map(({ id }) => id).toSorted();

    test('pages go from the newest to the oldest, each run once, whatever comes in at the top', async () => {
      const days = [3, 1, 2, 2, 2, 5, 4];
      for (const day of days) await make({ startedAt: day * 86_400_000 });
      const seen: string[] = [];
      const starts: number[] = [];
      let cursor: string | null = null;
      do {
        const page = await store.list({}, cursor, 2);
        expect(page.runs.length).toBeLessThanOrEqual(2);
        seen.push(...page.runs.map(({ id }) => id));
        starts.push(...page.runs.map(({ startedAt }) => startedAt / 86_400_000));
        cursor = page.next;
        await make({ startedAt: 9 * 86_400_000 });
      } while (cursor !== null);
      expect(starts).toEqual([5, 4, 3, 2, 2, 2, 1]);
      expect(new Set(seen).size).toBe(days.length);
    });

    test('a line says what the list shows', async () => {
      const { conditions } = stated({ operator: 'Vodafone UK', bearer: '5g' });
      const id = await make({
        conditions: { ...conditions, tags: [{ value: 'gate 7', basis: 'stated', at: 1 }] },
        number: { mask: '+44 •••• •••901', country: 'GB' },
        startedAt: -5,
        verdict: 'failed',
        failure: failureOf('authorize.html_page'),
        cause: causeOf('off_network'),
        hops: [hopOf(), hopOf({ index: 2 }), hopOf({ index: 2, madeBy: 'browser' })],
      });
      const { runs, next } = await store.list({}, null, 10);
      expect(next).toBeNull();
      expect(runs).toEqual([
        {
          id,
          startedAt: -5,
          utcOffsetMinutes: 0,
          localDay: '2026-11-22',
          profileId: 'scripted',
          profileName: 'Scripted operator',
          capture: 'fetch',
          origin: 'live',
          scenario: null,
          mask: '+44 •••• •••901',
          conditions: { operator: 'Vodafone UK', bearer: '5g', tags: ['gate 7'] },
          expectation: 'match',
          expected: 'not_as_expected',
          phase: 'ended',
          verdict: 'failed',
          failure: 'authorize.html_page',
          leg: 'authorize',
          cause: 'off_network',
          hops: 2,
          durationMs: 1,
          pinned: false,
          reference: false,
          importedAt: null,
        },
      ]);
    });

    test.each(FILTERED)('the filter %j finds that run and no other', async (filter, fits) => {
      await make();
      await make({ ...stated({ place: 'Rome' }), verdict: null });
      const wanted = await make(fits);
      expect(await idsOf(filter)).toEqual([wanted]);
    });

    test.each(WORDS)('the words %j are found in any place and any letters', async (text, fits) => {
      await make({ ...stated({ campaign: '100 x-y' }) });
      const wanted = await make(fits);
      expect(await idsOf({ text })).toEqual([wanted]);
      expect(await idsOf({ text: `${text} nowhere-at-all` })).toEqual([]);
    });

    test('a run is found by its whole id, and by its correlation id', async () => {
      await make();
      const wanted = await make({ correlationId: '0b5c1c56-9a55-4d2c-8d23-0a4b1a1f2d3e' });
      expect(await idsOf({ text: wanted.toUpperCase() })).toEqual([wanted]);
      expect(await idsOf({ text: `0b5c1c56-9a55-4d2c-8d23-0a4b1a1f2d3e ${wanted}` })).toEqual([wanted]);
      expect(await idsOf({ text: wanted.slice(0, 8) })).toEqual([]);
    });

    test.each(['', ' ', 'AND', 'NOT x*', '"', '\0', "'; drop table runs; --", 'a\0b', '\ud800', '()^:{'])(
      'the words %j break no search',
      async (text) => {
        await make();
        const all = text.trim().replaceAll('\0', '') === '';
        expect(await idsOf({ text })).toHaveLength(all ? 1 : 0);
      },
    );

    test('a deleted run is gone from list and search; one in flight is not deleted', async () => {
      const [over, flying] = [await make(stated({ place: 'Athens' })), await make({ verdict: null })];
      expect(await store.delete(over)).toBe('deleted');
      expect(await store.delete(over)).toBe('unknown');
      expect(await store.delete(flying)).toBe('in_flight');
      expect(await store.read(over)).toBeNull();
      expect(await idsOf({ text: 'athens' })).toEqual([]);
      expect(await idsOf({})).toContain(flying);
    });

    test('retention takes what is old, and neither what is pinned nor what is in flight (S14)', async () => {
      const old = await Promise.all(Array.from({ length: 3 }, () => make({}, CUTOFF - 1)));
      const [pinned] = old as [string];
      const flying = await make({ verdict: null }, CUTOFF - 1);
      const recent = await make({ startedAt: 0 }, CUTOFF);
      expect(await store.setPinned(pinned, true)).toBe(true);
      expect(await store.setPinned(runOf(profile).id, true)).toBe(false);
      expect(await store.deleteBefore(CUTOFF)).toBe(2);
      expect(await idsOf({})).toEqual([pinned, flying, recent].toSorted());
      expect((await store.read(pinned))?.pinned).toBe(true);
    });
  });
}
