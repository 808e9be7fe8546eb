import { describe, expect, test } from 'vitest';

import { compareRuns } from '#protocol/compare/compare-runs.ts';
import type { Run } from '#protocol/run.ts';

import { recording } from '../../fixtures/runs/export-fixtures.ts';
import { changed, reference } from './chains.ts';

describe('what surrounds the chain', () => {
  const at = reference.startedAt;

  test('comes first: conditions, capture, addresses, the first request’s headers', () => {
    const stated = (value: string) => ({ value, basis: 'stated' as const, at });
    const before: Run = {
      ...reference,
      conditions: { bearer: stated('5g'), place: stated('Bonn'), tags: [stated('a')] },
    };
    const after: Run = {
      ...changed((hops) =>
        hops.map((hop) => ({
          ...hop,
          ip: '2001:db8::1',
          requestHeaders: [{ name: 'Accept-Language', value: 'de' }],
        })),
      ),
      capture: 'tab',
      conditions: {
        bearer: stated('4g'),
        place: { ...stated('Bonn'), basis: 'observed' },
        vpn: stated('no'),
      },
    };
    expect(compareRuns(before, after).settings).toEqual([
      { what: 'condition', name: 'bearer', reference: '5g', run: '4g' },
      { what: 'condition', name: 'vpn', reference: null, run: 'no' },
      { what: 'condition_basis', name: 'place', reference: 'stated', run: 'observed' },
      { what: 'condition', name: 'tag', reference: 'a', run: null },
      { what: 'capture', name: null, reference: 'fetch', run: 'tab' },
      { what: 'address_family', name: null, reference: 'v4', run: 'v6' },
      { what: 'request_header', name: 'accept-language', reference: null, run: 'de' },
    ]);
  });

  test('compares no hops where one run was walked on another device: they are not known, not missing', () => {
    const handedOff: Run = { ...reference, capture: 'handoff', hops: [] };
    for (const [one, other] of [
      [reference, handedOff],
      [handedOff, reference],
      [handedOff, handedOff],
    ] as const)
      expect(compareRuns(one, other)).toMatchObject({ chain: [], firstDivergence: null, hopsUnseen: true });
    expect(compareRuns(reference, reference).hopsUnseen).toBe(false);
  });

  test('says which way of walking the browser upgraded, where only one was', () => {
    const mark = { ...(reference.hops[2] as Run['hops'][number]), madeBy: 'browser', index: 2 } as const;
    const hops = reference.hops.toSpliced(2, 0, { ...mark, notes: ['upgraded_by_browser'] });
    const upgraded: Run = { ...reference, hops };
    const inTab: Run = { ...upgraded, capture: 'tab' };
    expect(compareRuns(reference, inTab).upgraded).toEqual({ by: 'tab', hop: 3 });
    expect(compareRuns(inTab, reference).upgraded).toEqual({ by: 'tab', hop: 3 });
    expect(compareRuns(upgraded, { ...reference, capture: 'tab' }).upgraded).toEqual({ by: 'fetch', hop: 3 });
    // In both: the host's HSTS, and no matter of how it was walked.
    expect(compareRuns(upgraded, inTab).upgraded).toBeNull();
    expect(compareRuns(reference, upgraded).upgraded).toBeNull();
  });

  test('says nothing of an upgrade that the other run never came to, or got no plain answer at (A15)', () => {
    const mark = { ...(reference.hops[2] as Run['hops'][number]), madeBy: 'browser', index: 2 } as const;
    const hops = reference.hops.toSpliced(2, 1, { ...mark, notes: ['upgraded_by_browser'] });
    const inTab: Run = { ...reference, capture: 'tab', hops };
    const against = (run: Run) => compareRuns(inTab, run).upgraded;
    expect(against(reference)).toEqual({ by: 'tab', hop: 3 });
    expect(against(changed((walked) => walked.slice(0, 2)))).toBeNull();
    const atThird = (known: object) =>
      changed((walked) => walked.with(2, { ...(walked[2] as Run['hops'][number]), ...known }));
    expect(against(atThird({ status: null }))).toBeNull();
    expect(against(atThird({ role: 'gateway' }))).toBeNull();
    expect(against(atThird({ url: mark.url.replace('http:', 'https:') }))).toBeNull();
    expect(against(atThird({ url: 'http://elsewhere.test/' }))).toBeNull();
  });

  test('comes last: legs with their checks and exchanges, and the outcome', () => {
    const { legs, outcome, chainEnd } = compareRuns(reference, recording('no-match'));
    expect(legs.map(({ name }) => name)).toEqual(['authorize', 'token', 'premiuminfo']);
    expect(outcome).toContainEqual({ what: 'verdict', name: null, reference: 'match', run: 'no_match' });
    expect(chainEnd).toEqual([]);
    const wifi = compareRuns(reference, recording('wifi-access-denied'));
    const token = wifi.legs.find(({ name }) => name === 'token')?.differences ?? [];
    expect(token).toContainEqual({ what: 'outcome', name: null, reference: 'passed', run: 'not_run' });
    expect(token).toContainEqual({ what: 'exchanges', name: null, reference: '1', run: '0' });
    expect(token.filter(({ what }) => what === 'check').map(({ name }) => name)).toContain('http_status');
  });

  test('has an end of the chain of another kind, or elsewhere', () => {
    const run: Run = { ...reference, chainEnd: { kind: 'page', url: 'https://login.example/', atMs: 1 } };
    expect(compareRuns(reference, run).chainEnd.map(({ what }) => what)).toEqual(['kind', 'host']);
  });
});
