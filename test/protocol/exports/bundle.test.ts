import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { exportBundle } from '#protocol/exports/bundle.ts';
import { digestInput, profileDigestInput } from '#protocol/exports/digest-input.ts';
import { asRecorded } from '#protocol/imports/imported.ts';
import { readBundle } from '#protocol/imports/read-bundle.ts';
import type { Run } from '#protocol/run.ts';

import {
  careless,
  contextOf,
  recording,
  recordings,
  runSaying,
} from '../../fixtures/runs/export-fixtures.ts';
import { anyText, fuzz } from '../../property/fuzz.ts';

function readBack(text: string) {
  const back = readBundle(text);
  if (!back.ok) throw new Error(back.problem.code);
  return back;
}

/** Out, in, and out again. */
function roundTrip(runs: readonly Run[]): { first: string; second: string } {
  const context = contextOf(runs);
  const first = exportBundle(runs, context);
  const back = readBack(first);
  expect(back.problems).toEqual([]);
  return { first, second: exportBundle(back.runs.map(asRecorded), { ...context, ...back.file }) };
}

describe('a bundle', () => {
  test('is the same bytes after export, import and export (E17)', () => {
    for (const runs of [recordings(), [careless()], []]) {
      const { first, second } = roundTrip(runs);
      expect(second).toBe(first);
    }
    fc.assert(
      fc.property(anyText, (text) => {
        const { first, second } = roundTrip([runSaying(text)]);
        expect(second).toBe(first);
      }),
      fuzz(100),
    );
  });

  test('does not depend on the order of members', () => {
    const run = recording('match');
    const turned = Object.fromEntries(Object.entries(run).toReversed()) as Run;
    expect(exportBundle([turned], contextOf([run]))).toBe(exportBundle([run], contextOf([run])));
  });

  test('is versioned JSON with a run a line', () => {
    const text = exportBundle(recordings(), contextOf(recordings()));
    expect(JSON.parse(text)).toMatchObject({
      format: 'number-verify-inspector-bundle',
      version: 1,
      count: 3,
    });
    expect(text.trimEnd().split('\n')).toHaveLength(5);
  });

  test('says nothing of an import: that stands beside the runs', () => {
    const back = readBack(exportBundle([recording('match')], contextOf([])));
    expect(back.runs[0]?.run.origin).toBe('imported');
    expect(back.runs[0]?.recordedOrigin).toBe('simulated');
    expect(exportBundle(back.runs.map(asRecorded), contextOf([]))).not.toContain('imported');
  });
});

describe('the content hash', () => {
  test('of a run and of the same run imported have one text (E11)', () => {
    const runs = [...recordings(), careless()];
    const back = readBack(exportBundle(runs, contextOf(runs)));
    expect(back.runs.map(({ run }) => digestInput(run))).toEqual(runs.map(digestInput));
  });

  test('tells apart runs that differ in anything else', () => {
    const run = recording('match');
    const others = [
      recording('match', { startedAt: run.startedAt + 1 }),
      recording('match', { expectation: 'must_fail' }),
      recording('match', { hops: run.hops.slice(1) }),
    ];
    expect(new Set([run, ...others].map(digestInput)).size).toBe(4);
  });

  test('of a profile has what steers a run, the client id too, and not its display name', () => {
    const run = recording('match');
    const named = { ...run, profile: { ...run.profile, name: 'Another name' } };
    const enabled = { ...run, profile: { ...run.profile, clientId: 'client-2' } };
    expect(profileDigestInput(named)).toBe(profileDigestInput(run));
    expect(profileDigestInput(enabled)).not.toBe(profileDigestInput(run));
  });
});
