import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { exportJunit } from '#protocol/exports/junit.ts';
import type { Run } from '#protocol/run.ts';

import { contextOf, ENGLISH, recording, recordings, runSaying } from '../../fixtures/runs/export-fixtures.ts';
import { anyText, fuzz } from '../../property/fuzz.ts';
import { junitFaults } from './junit-rules.ts';
import { type Element, parseXml } from './strict-xml.ts';

function junitOf(runs: readonly Run[]): Element {
  return parseXml(exportJunit(runs, contextOf(runs), ENGLISH));
}

function casesOf(root: Element): Element[] {
  return root.children.flatMap(({ children }) => children.filter(({ name }) => name === 'testcase'));
}

describe('an export as JUnit XML', () => {
  test('is well-formed and of the schema, whatever a record says (XML 1.0 §2.2)', () => {
    expect(junitFaults(junitOf(recordings()))).toEqual([]);
    expect(junitFaults(junitOf([]))).toEqual([]);
    fc.assert(
      fc.property(anyText, (text) => {
        expect(junitFaults(junitOf([runSaying(text)]))).toEqual([]);
      }),
      fuzz(60),
    );
  });

  test('and the rules see a file that is none', () => {
    const root = junitOf(recordings());
    const [suite] = root.children;
    if (suite) suite.attributes.tests = '7';
    expect(junitFaults(root)).toEqual(['suite 0: tests is not how many there are']);
  });

  test('passes what was expected, fails what was not, and skips what is inconclusive or under way (E15)', () => {
    const runs = [
      recording('match'),
      recording('no-match'),
      recording('no-match', { expectation: 'no_match' }),
      recording('wifi-access-denied', { expectation: 'must_fail' }),
      recording('match', { verdict: 'unknown' }),
      recording('match', { phase: 'verifying', verdict: null, endedAt: null }),
    ];
    const results = casesOf(junitOf(runs)).map(({ children }) => children.map(({ name }) => name).join());
    expect(results).toEqual(['', 'failure', '', '', 'skipped', 'skipped']);
  });

  test('says of a failure what was seen, why, who has to act, and what to do', () => {
    const run = recording('wifi-access-denied', { expectation: 'match' });
    const [failure] = casesOf(junitOf([run]))[0]?.children ?? [];
    expect(failure?.attributes.type).toBe('off_network');
    expect(failure?.text).toBe('authorize.access denied\noff network (network, likely)\nuse mobile data');
  });

  test('names a case by profile, conditions and expectation, and counts those of one name', () => {
    const at = recording('match').startedAt;
    const conditions = { bearer: { value: '5g', basis: 'stated' as const, at } };
    const again = { id: '0b7a6f0e-1111-4222-8333-444455556666' };
    const runs = [recording('match', { conditions }), recording('match', { conditions, ...again })];
    expect(casesOf(junitOf(runs)).map(({ attributes }) => attributes.name)).toEqual([
      'simulated / match / bearer 5g [stated] / match',
      'simulated / match / bearer 5g [stated] / match (2)',
    ]);
  });

  test('makes a suite for each profile', () => {
    const run = recording('match');
    const other = recording('match', {
      profile: { ...run.profile, id: 'other' },
      id: '0b7a6f0e-1111-4222-8333-444455556666',
    });
    expect(junitOf([run, other, run]).children.map(({ attributes }) => attributes.tests)).toEqual(['2', '1']);
  });
});
