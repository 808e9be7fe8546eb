/** Whatever is done to a store, its kept numbers are those of a recount: the store in memory counts anew for each answer. */
import fc from 'fast-check';
import { expect } from 'vitest';

import { COVERAGE_DIMENSIONS } from '#protocol/coverage-api.ts';
import { failureOf } from '#protocol/failure.ts';
import type { Run } from '#protocol/run.ts';

import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import type { RunStore } from '../../../backend/store/run-store.ts';
import { hopOf, profileAt, runOf } from '../../support/fixtures.ts';
import { appendTo, claim, nextSequence } from '../../support/write-to.ts';
import { inOrder } from './end-together.ts';
import { stated } from './history-cases.ts';

type Step = (store: RunStore, runs: readonly Run[]) => Promise<unknown>;

/** Few values, so that runs meet in a cell and in a millisecond. */
const places = fc.constantFrom('Athens', 'Berlin');
const conditions = fc.record(
  { place: places, operator: fc.constantFrom('EE', 'O2', ''), campaign: fc.constantFrom('one', 'two') },
  { requiredKeys: [] },
);
const days = fc.constantFrom('2026-01-01', '2026-01-02', '2026-02-01');
const verdicts = fc.constantFrom(
  ...(['match', 'match', 'no_match', 'failed', 'failed', 'interrupted', 'cancelled', 'unknown'] as const),
);
const begun = fc
  .record({
    conditions,
    localDay: days,
    profile: fc.constantFrom('one', 'two').map((id) => profileAt('https://api.example', { id })),
    startedAt: fc.nat({ max: 3 }),
    origin: fc.constantFrom('live', 'live', 'live', 'simulated'),
    expectation: fc.constantFrom('match', 'no_match', 'must_fail'),
  })
  .map(({ conditions: told, profile, ...run }) =>
    runOf(profile, { ...run, ...stated(told) } as Partial<Run>),
  );
const failures = fc
  .constantFrom('token.dns', 'authorize.html_page', 'authorize.offline')
  .map((code) => failureOf(code));
const end = fc.record({ verdict: verdicts, failure: failures, hopMs: fc.nat({ max: 50 }) });

const which = fc.nat({ max: 30 });
const at = fc.nat({ max: 9 });
const onSome = (step: (store: RunStore, run: Run) => Promise<unknown>): fc.Arbitrary<Step> =>
  which.map((which) => async (store, runs) => {
    const run = runs[which % Math.max(runs.length, 1)];
    return run && step(store, run);
  });

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(which, end).map(([at, how]) => endOf(at, how)) },
  { weight: 2, arbitrary: onSome((store, { id }) => store.delete(id)) },
  fc.tuple(which, end).map(([at, how]) => importOf(at, how)),
  at.map(
    (before): Step =>
      (store) =>
        store.deleteBefore(before),
  ),
  fc.tuple(fc.boolean(), fc.constantFrom('one', 'two')).map(
    ([kept, name]): Step =>
      (store) =>
        store.keepCampaign(name, kept),
  ),
  onSome((store, { id }) => store.setPinned(id, true)),
  onSome((store, { id }) => store.setReference(id, true)),
  fc.constant((store: RunStore) => store.forgetNumber('hmac')),
  onSome(afterTheEnd),
);
const dimension = fc.constantFrom(...COVERAGE_DIMENSIONS);
const filter = fc.record(
  {
    place: fc.constantFrom('Athens', 'Rome', '∅'),
    operator: fc.constantFrom('EE', '', '∅'),
    campaign: fc.constantFrom('one', '∅'),
    profile: fc.constantFrom('one', 'none'),
    fromDay: days,
    toDay: days,
  },
  { requiredKeys: [] },
);
const questions = fc.array(fc.tuple(dimension, dimension, filter), { minLength: 1, maxLength: 4 });
const EVERYTHING = ['place', 'operator', {}] as const;
const round = fc.tuple(fc.array(steps, { maxLength: 12 }), questions);

export function recountProperty(store: RunStore) {
  return fc
    .asyncProperty(
      fc.array(fc.tuple(begun, at), { minLength: 1, maxLength: 12 }),
      fc.array(round, { minLength: 1, maxLength: 3 }),
      async (made, rounds) => {
        const oracle = createMemoryRunStore();
        const runs = made.map(([run]) => run);
        await both(store, oracle, (one) =>
          Promise.all(
            made.map(([run, at]) => one.create(run, { type: 'created', sequence: 1, at, run }, '')),
          ),
        );
        for (const [some, asked] of rounds) {
          for (const step of some) await both(store, oracle, (one) => step(one, runs));
          // A question without a filter sees every counter: most filters let no run through.
          for (const [rows, columns, narrowed] of [...asked, EVERYTHING])
            await both(store, oracle, async (one) => ({
              coverage: inOrder(await one.coverage({ rows, columns, ...narrowed })),
              latency: await one.latency(narrowed),
              count: await one.count(narrowed),
              list: await one.list(narrowed, null, 50),
            }));
        }
      },
    )
    .beforeEach(() => emptied(store));
}

/** Does the same to both, and holds what they say against each other. */
async function both(store: RunStore, oracle: RunStore, step: (store: RunStore) => Promise<unknown>) {
  const [said, wanted] = await Promise.all([step(store), step(oracle)]);
  expect(said).toEqual(wanted);
}

/** Leaves the run as it is if it has ended, or was deleted. */
function endOf(
  which: number,
  how: { verdict: Run['verdict']; failure: Run['failure']; hopMs: number },
): Step {
  return async (store, runs) => {
    const run = runs[which % runs.length];
    const stored = run && (await store.read(run.id));
    if (!stored || stored.run.phase === 'ended') return;
    await claim(store, run.id, 'digest', { numberHmac: 'hmac' });
    const failure = how.verdict === 'failed' ? how.failure : null;
    const hops = [hopOf({ durationMs: how.hopMs })];
    await appendTo(store, run.id, [
      { type: 'chain', sequence: 3, at: 5, hops, chainEnd: { kind: 'page', url: null, atMs: 1 } },
      { type: 'ended', sequence: 4, at: 5, verdict: how.verdict ?? 'match', failure, cause: null },
    ]);
  };
}

/** The same run as a file would have it: it comes in if it has been deleted here. */
function importOf(which: number, how: { verdict: Run['verdict'] }): Step {
  return async (store, runs) => {
    const run = runs[which % runs.length];
    return run && store.importRun({ ...run, phase: 'ended', verdict: how.verdict }, `of ${run.id}`, 4);
  };
}

async function afterTheEnd(store: RunStore, { id }: Run): Promise<void> {
  const stored = await store.read(id);
  if (stored?.run.phase !== 'ended' || stored.importedAt !== null) return;
  const last = stored.events.at(-1);
  const sequence = last?.type === 'hash_doctor' ? last.sequence : (last?.sequence ?? 0) + 1;
  await appendTo(store, id, [
    { type: 'hash_doctor', sequence, at: 6, form: 'plus', verified: true, cause: null },
  ]);
}

async function emptied(store: RunStore): Promise<void> {
  for (const name of ['one', 'two']) await store.keepCampaign(name, false);
  const { runs } = await store.list({}, null, 100);
  await Promise.all(
    runs.map(async ({ id, phase }) => {
      const sequence = await nextSequence(store, id);
      const matched = { type: 'ended', verdict: 'match', failure: null, cause: null } as const;
      if (phase !== 'ended') await appendTo(store, id, [{ ...matched, sequence, at: 1 }]);
      await store.delete(id);
    }),
  );
  const { cells } = await store.coverage({ rows: 'profile', columns: 'day' });
  expect(cells.row).toEqual([]);
}
