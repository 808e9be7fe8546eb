import { describe, expect, test } from 'vitest';

import { exportBundle } from '#protocol/exports/bundle.ts';
import { readImport } from '#protocol/imports/read-import.ts';
import type { Run } from '#protocol/run.ts';

import {
  CANARIES,
  careless,
  contextOf,
  recording,
  recordings,
  runSaying,
} from '../../fixtures/runs/export-fixtures.ts';
import { XSS_PAYLOADS } from '../../support/xss-payloads.ts';
import { bundleWith, problemOf, readable } from './reading.ts';

describe('names of prototypes', () => {
  test('are data, as members and as values, and reach no prototype (E7)', () => {
    const polluting =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":"x",';
    const text = bundleWith([recording('match')])
      .replaceAll('{"', `${polluting}"`)
      .replace('"simulated"', '"__proto__"');
    readImport(text);
    const har = `{"log":${polluting}"version":"1.2","pages":[{"id":"__proto__"}],"entries":[{${polluting.slice(1)}"pageref":"constructor"}]}}`;
    readImport(har);
    for (const name of ['__proto__', 'constructor', 'toString'])
      readImport(`{"${name}":{"log":{"entries":[]}}}`);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(problemOf('{"__proto__":{"log":{"entries":[]}}}')).toMatchObject({ code: 'import.wrong_format' });
  });

  test('come back from a bundle as what they were (E7)', () => {
    const runs = ['__proto__', 'constructor', 'toString'].map(runSaying);
    const read = readable(exportBundle(runs, contextOf([])));
    expect(read.runs.map((one) => one.run.profile.name)).toEqual(['__proto__', 'constructor', 'toString']);
  });
});

describe('what a file says', () => {
  test('stays text in every field (E8)', () => {
    for (const payload of XSS_PAYLOADS) {
      const runs = [runSaying(payload)];
      const [imported] = readable(exportBundle(runs, contextOf(runs))).runs;
      expect(typeof imported?.run.profile.name).toBe('string');
      expect(imported?.run.hops).toHaveLength(runs[0]?.hops.length ?? 0);
    }
  });

  test('is masked where it is a secret, and said to have been one (E9)', () => {
    const read = readable(bundleWith([careless()]));
    expect(read.containsSecret).toBe(true);
    const text = JSON.stringify(read.runs);
    for (const canary of Object.values(CANARIES)) expect(text).not.toContain(canary);
    expect(readable(exportBundle(recordings(), contextOf([]))).containsSecret).toBe(false);
  });

  test('under the name of a secret is left out, and said to have been there (E9)', () => {
    const run = recording('match');
    const read = readable(
      bundleWith([{ ...run, profile: { ...run.profile, clientSecret: 'canary-client-secret' } }]),
    );
    expect(read.containsSecret).toBe(true);
    expect(JSON.stringify(read.runs)).not.toContain('canary-client-secret');
  });

  test('is imported whatever it calls itself, so that nothing carries it on', () => {
    const origins: Run['origin'][] = ['live', 'simulated', 'replayed', 'imported'];
    const read = readable(bundleWith(origins.map((origin) => recording('match', { origin }))));
    expect(read.runs.map(({ run }) => run.origin)).toEqual(Array(4).fill('imported'));
    expect(read.runs.map(({ recordedOrigin }) => recordedOrigin)).toEqual(origins);
  });
});
