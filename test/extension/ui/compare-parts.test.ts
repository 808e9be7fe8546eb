import { describe, expect, test } from 'vitest';

import { compareRuns } from '#protocol/compare/compare-runs.ts';
import type { HopPair } from '#protocol/compare/comparison.ts';
import type { Run } from '#protocol/run.ts';
import { NOT_KEPT, summaryOf } from '#protocol/run-summary.ts';

import type { askBackground } from '../../../extension/runner/ask-background.ts';
import { alikeSettings } from '../../../extension/ui/compare/alike-settings.ts';
import { chooseSides } from '../../../extension/ui/compare/choose-sides.ts';
import { foldChain } from '../../../extension/ui/compare/fold-chain.ts';
import { splitChecks } from '../../../extension/ui/compare/split-checks.ts';
import { detour, measured, other, reference, simulatedRun } from './compare-fixtures.ts';

/** A background that keeps these runs, the newest first, and one reference a profile. */
function keeping(runs: readonly Run[], pinned: Run | null = null) {
  const lineOf = (run: Run) => summaryOf(run, { ...NOT_KEPT, reference: run.id === pinned?.id });
  const ask = async (message: Parameters<typeof askBackground>[0]) => {
    if (message.type === 'read_reference') return { ok: true, value: { run: pinned } };
    if (message.type === 'read_run') {
      const run = runs.find(({ id }) => id === message.runId);
      return run
        ? { ok: true, value: { run, line: lineOf(run) } }
        : { ok: false, problem: { code: 'run_not_kept', detail: null } };
    }
    if (message.type !== 'list_runs') throw new TypeError(message.type);
    const { profile, verdict, origin } = message.filter;
    const found = runs.filter(
      (run) =>
        (!profile || run.profile.id === profile) &&
        (!verdict || run.verdict === verdict) &&
        (!origin || run.origin === origin),
    );
    return { ok: true, value: { runs: found.slice(0, message.limit).map(lineOf), next: null } };
  };
  return ask as typeof askBackground;
}

async function chosen(
  ask: typeof askBackground,
  runId: string | null,
  referenceId: string | null = null,
): Promise<unknown> {
  const sides = await chooseSides({ runId, referenceId }, ask);
  return sides.state === 'both' ? [sides.reference.run.id, sides.run.run.id, sides.why] : sides;
}

describe('what a run is held against, unless a person says', () => {
  const good = other(10);

  test('the reference of its profile', async () => {
    const ask = keeping([measured, good, reference], reference);
    expect(await chosen(ask, measured.id)).toEqual([reference.id, measured.id, 'reference']);
  });

  test('without one, the newest match of its profile that is not itself', async () => {
    const ask = keeping([measured, good, detour, reference]);
    expect(await chosen(ask, measured.id)).toEqual([good.id, measured.id, 'last_match']);
    expect(await chosen(ask, good.id)).toEqual([detour.id, good.id, 'last_match']);
  });

  test('the reference itself is held against the last match beside it', async () => {
    const ask = keeping([measured, good, reference], reference);
    expect(await chosen(ask, reference.id)).toEqual([good.id, reference.id, 'last_match']);
  });

  test('live beside live and simulated beside simulated, if there is such a one', async () => {
    const { profile } = simulatedRun;
    const liveThere = other(11, { profile, origin: 'live' });
    const olderSimulated = { ...simulatedRun, id: other(12).id };
    const kept = [liveThere, simulatedRun, olderSimulated];
    expect(await chosen(keeping(kept), simulatedRun.id)).toEqual([
      olderSimulated.id,
      simulatedRun.id,
      'last_match',
    ]);
    expect(await chosen(keeping(kept.slice(0, 2)), simulatedRun.id)).toEqual([
      liveThere.id,
      simulatedRun.id,
      'last_match',
    ]);
  });

  test('where no run is named, the newest that has ended is', async () => {
    const underWay = other(13, { phase: 'redeeming', verdict: null });
    const ask = keeping([underWay, measured, reference], reference);
    expect(await chosen(ask, null)).toEqual([reference.id, measured.id, 'reference']);
    expect(await chosen(keeping([underWay]), null)).toEqual({ state: 'none' });
  });

  test('what a person named stands, unless it is the run itself', async () => {
    const ask = keeping([measured, good, reference], reference);
    expect(await chosen(ask, measured.id, good.id)).toEqual([good.id, measured.id, 'given']);
    expect(await chosen(ask, measured.id, reference.id)).toEqual([reference.id, measured.id, 'reference']);
    expect(await chosen(ask, measured.id, measured.id)).toEqual([reference.id, measured.id, 'reference']);
  });

  test('a run that is alone, and one that is gone, say so', async () => {
    expect(await chosen(keeping([measured]), measured.id)).toMatchObject({ state: 'alone' });
    expect(await chosen(keeping([]), measured.id)).toEqual({
      state: 'problem',
      problem: { code: 'run_not_kept', detail: null },
    });
  });
});

describe('what is alike', () => {
  const kinds = (chain: HopPair[]) =>
    foldChain(chain).map((part) => (part.kind === 'alike' ? part.pairs.length : part.pair.kind));

  test('several hops in a row are folded, one alone is not, and each row keeps its place', () => {
    const { chain } = compareRuns(reference, detour);
    expect(chain.map(({ kind }) => kind)).toEqual([
      'same',
      'same',
      'same',
      'only_in_run',
      'differs',
      'differs',
    ]);
    expect(kinds(chain)).toEqual([3, 'only_in_run', 'differs', 'differs']);
    expect(foldChain(chain).map(({ at }) => at)).toEqual([0, 3, 4, 5]);
    expect(kinds(chain.slice(2))).toEqual(['same', 'only_in_run', 'differs', 'differs']);
    expect(kinds([])).toEqual([]);
  });

  test('conditions and settings that both have are told, and none that one of them lacks', () => {
    expect(alikeSettings(reference, measured).map(({ what, name }) => name ?? what)).toEqual([
      'operator',
      'device',
      'capture',
      'origin',
      'profile',
      'expectation',
      'address_family',
    ]);
    expect(alikeSettings({ ...reference, hops: [] }, { ...measured, hops: [] })).not.toContainEqual(
      expect.objectContaining({ what: 'address_family' }),
    );
  });
});

describe('the checks of one run alone', () => {
  const legs = (one: Run, next: Run) => compareRuns(one, next).legs;

  test('are folded where a leg was not run, and what else differs is not', () => {
    const [authorize, token] = legs(reference, measured).map(({ differences }) => splitChecks(differences));
    expect(token?.onlyReference.length).toBeGreaterThan(10);
    expect(token?.onlyRun).toEqual([]);
    expect(token?.telling.map(({ what }) => what)).toEqual(['outcome', 'exchanges']);
    expect(authorize?.onlyReference).toEqual([]);
    const [, swapped] = legs(measured, reference).map(({ differences }) => splitChecks(differences));
    expect(swapped?.onlyRun).toHaveLength(token?.onlyReference.length ?? 0);
  });
});
