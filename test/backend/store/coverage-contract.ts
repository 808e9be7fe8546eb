/** What coverage and latency say, by hand, as every store has to say it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { CoverageQuery } from '#protocol/coverage-api.ts';
import { readTable } from '#protocol/coverage-table.ts';
import { failureOf } from '#protocol/failure.ts';
import type { Run } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import type { RunStore } from '../../../backend/store/run-store.ts';
import { hopOf, profileAt, runOf } from '../../support/fixtures.ts';
import { appendTo } from '../../support/write-to.ts';
import { stated } from './history-cases.ts';

const profile = profileAt('https://api.example');
const ENDED = { phase: 'ended', verdict: 'match' } as const;

export function testCoverage(name: string, open: () => Promise<RunStore>): void {
  describe(name, () => {
    let store: RunStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());
    const ask = async (query: CoverageQuery) => readTable(await store.coverage(query));
    const make = async (change: Partial<Run>) => {
      const { verdict = 'match', failure = null, hops = [], legs, ...begun } = change;
      const run = runOf(profile, begun);
      await store.create(run, { type: 'created', sequence: 1, at: 1, run }, 'digest');
      const events: RunEvent[] = [
        { type: 'chain', sequence: 2, at: 1, hops, chainEnd: { kind: 'page', url: null, atMs: 1 } },
        {
          ...{ type: 'ended', verdict: verdict ?? 'match', failure, cause: null },
          ...{ sequence: 3 + (legs ?? []).length, at: 1 },
        },
      ];
      for (const [at, { name: leg, durationMs }] of (legs ?? []).entries())
        events.splice(-1, 0, {
          ...{ type: 'leg', leg, outcome: 'passed', startedAtMs: 0, durationMs, at: 1, sequence: 3 + at },
        });
      await appendTo(store, run.id, events);
      return run;
    };

    test('a cell says how its runs went, and how the newest finished one did', async () => {
      const athens = stated({ place: 'Athens', operator: 'EE' });
      await make({ ...athens, startedAt: 30, expectation: 'must_fail' });
      await make({ ...athens, startedAt: 10 });
      await make({ ...athens, startedAt: 20, verdict: 'failed', failure: failureOf('token.dns') });
      for (const verdict of ['interrupted', 'cancelled', 'unknown'] as const)
        await make({ ...athens, startedAt: 40, verdict });
      await make({ ...athens, startedAt: 45, verdict: 'failed', failure: failureOf('authorize.offline') });
      await make({ ...athens, startedAt: 50, origin: 'simulated' });
      await make({ ...stated({ place: 'Athens' }), verdict: 'no_match', startedAt: 60 });
      const imported = runOf(profile, { ...athens, ...ENDED, startedAt: 70 });
      await store.importRun(imported, 'digest', 1);
      const flying = runOf(profile, athens);
      await store.create(flying, { type: 'created', sequence: 1, at: 1, run: flying }, 'digest');

      const { cells, total, leftOut } = await ask({ rows: 'operator', columns: 'place', place: 'Athens' });
      const ee = {
        asExpected: 1,
        notAsExpected: 2,
        unexpectedMatch: 1,
        stoppedAt: { authorize: 0, token: 1, premiuminfo: 0 },
        // The second of them was lost here: offline is not the operator's failure.
        ...{ interrupted: 2, cancelled: 1, unknown: 1, simulated: 1, imported: 1 },
      };
      expect(cells.toSorted((a) => (a.row === null ? 1 : -1))).toEqual([
        {
          row: 'EE',
          column: 'Athens',
          ...ee,
          last: { at: 30, verdict: 'match', leg: null, asExpected: false },
        },
        {
          row: null,
          column: 'Athens',
          asExpected: 0,
          notAsExpected: 1,
          unexpectedMatch: 0,
          stoppedAt: { authorize: 0, token: 0, premiuminfo: 0 },
          ...{ interrupted: 0, cancelled: 0, unknown: 0, simulated: 0, imported: 0 },
          last: { at: 60, verdict: 'no_match', leg: null, asExpected: false },
        },
      ]);
      expect(total).toEqual({ ...ee, notAsExpected: 3 });
      expect(leftOut).toEqual({ rows: 0, columns: 0 });
      const narrowed = { place: 'Athens', operator: '∅', rows: 'day', columns: 'profile' } as const;
      expect((await ask(narrowed)).total).toMatchObject({ asExpected: 0, notAsExpected: 1 });
      expect(await store.count({ place: 'Athens' })).toEqual({ runs: 11, more: false });
      expect(await store.count({ place: 'Athens', operator: '∅' })).toEqual({ runs: 1, more: false });
    });

    test('the rows and columns with the most finished runs stay, and the others are counted', async () => {
      const busy = stated({ device: 'busy', browser: 'busy', place: 'limits' });
      const quiet = (at: number) => stated({ device: `d ${at}`, browser: `b ${at % 50}`, place: 'limits' });
      const rare = Array.from({ length: 104 }, (_, at) => ({ ...quiet(at), verdict: 'cancelled' as const }));
      const all = [busy, busy, ...rare];
      // As many at once as there are connections: on a slow machine others would wait for one too long.
      for (let at = 0; at < all.length; at += 10) await Promise.all(all.slice(at, at + 10).map(make));
      const asked = { rows: 'device', columns: 'browser', place: 'limits' } as const;
      const { cells, total, leftOut } = await ask(asked);
      expect(leftOut).toEqual({ rows: 5, columns: 11 });
      expect(new Set(cells.map(({ row }) => row)).size).toBeLessThanOrEqual(100);
      expect(cells.find(({ row }) => row === 'busy')).toMatchObject({ column: 'busy', asExpected: 2 });
      expect(total).toMatchObject({ asExpected: 2, cancelled: 104 });
    });

    test('latency is exact, by nearest rank, of finished live runs and answered hops alone', async () => {
      const quick = stated({ campaign: 'latency' });
      const leg = (name: 'authorize' | 'token', durationMs: number) => ({
        ...{ name, durationMs, outcome: 'passed' as const },
        ...{ startedAtMs: 0, exchanges: [], checks: [] },
      });
      for (let at = 1; at <= 20; at += 1) {
        const hops = [
          hopOf({ durationMs: at }),
          hopOf({ role: 'gateway', durationMs: 10 * at }),
          hopOf({ role: 'gateway', durationMs: 9999, status: null }),
          hopOf({ madeBy: 'browser', durationMs: 9999 }),
        ];
        await make({ ...quick, hops, legs: [leg('authorize', 100 * at)] });
      }
      await make({ ...quick, origin: 'simulated', legs: [leg('authorize', 1e6)] });
      await make({ ...quick, verdict: 'cancelled', legs: [leg('token', 1e6)] });
      expect(await store.latency({ campaign: 'latency' })).toEqual({
        runs: 20,
        legs: [{ leg: 'authorize', count: 20, p50Ms: 1000, p95Ms: 1900 }],
        roles: [
          { role: 'authorize', count: 20, p50Ms: 10, p95Ms: 19 },
          { role: 'gateway', count: 20, p50Ms: 100, p95Ms: 190 },
        ],
      });
      expect(await store.latency({ campaign: 'none' })).toEqual({ runs: 0, legs: [], roles: [] });
    });
  });
}
