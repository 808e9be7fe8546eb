import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { compareRuns } from '#protocol/compare/compare-runs.ts';
import type { Comparison, HopPair } from '#protocol/compare/comparison.ts';
import type { Hop } from '#protocol/hop.ts';
import { Run } from '#protocol/run.ts';

import { recording, recordings } from '../../fixtures/runs/export-fixtures.ts';
import { fuzz } from '../../property/fuzz.ts';
import { anyChain, changed, reference, runWith } from './chains.ts';

function atHop(position: number, change: Partial<Hop>): Run {
  return changed((hops) => hops.map((hop, at) => (at === position ? { ...hop, ...change } : hop)));
}

function kinds({ chain }: Comparison): string {
  return chain.map(({ kind }) => kind).join(' ');
}

function differencesAt(run: Run, position: number) {
  const pair = compareRuns(reference, run).chain[position];
  return pair?.kind === 'differs' ? pair.differences : [];
}

function nothing({ settings, chain, firstDivergence, chainEnd, legs, outcome }: Comparison): void {
  expect(chain.filter(({ kind }) => kind !== 'same')).toEqual([]);
  expect(firstDivergence).toBeNull();
  expect([...settings, ...chainEnd, ...outcome, ...legs.flatMap(({ differences }) => differences)]).toEqual(
    [],
  );
}

describe('properties', () => {
  test('a run does not differ from itself', () => {
    for (const run of recordings()) nothing(compareRuns(run, run));
    fc.assert(
      fc.property(anyChain, (hops) => {
        nothing(compareRuns(runWith(hops), runWith(structuredClone(hops))));
      }),
      fuzz(300),
    );
  });

  test('side by side, every hop of both chains comes once, in its order', () => {
    fc.assert(
      fc.property(anyChain, anyChain, (before, after) => {
        const { chain, firstDivergence } = compareRuns(runWith(before), runWith(after));
        expect(chain.flatMap((pair) => ('reference' in pair ? [pair.reference] : []))).toEqual(before);
        expect(chain.flatMap((pair) => ('run' in pair ? [pair.run] : []))).toEqual(after);
        expect(firstDivergence?.at ?? -1).toBe(chain.findIndex(({ kind }) => kind !== 'same'));
      }),
      fuzz(500),
    );
  });

  test('which stand-in stands for a value does not matter', () => {
    const renumbered = (run: Run, by: number): Run =>
      Run.parse(
        JSON.parse(
          JSON.stringify(run).replace(
            /‹([a-z0-9_.-]+):(\d+)›/g,
            (_whole, name, position) => `‹${name}:${Number(position) * 2 + by}›`,
          ),
        ),
      );
    for (const run of recordings()) {
      nothing(compareRuns(run, renumbered(run, 5)));
      nothing(compareRuns(renumbered(run, 9), renumbered(run, 0)));
    }
  });

  test('neither does what is new with every run: ids, dates, trace ids, a little time', () => {
    const other = changed((hops) =>
      hops.map((hop) => ({
        ...hop,
        url: hop.url.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '0b7a6f0e-1111-4222-8333-444455556666'),
        startedAtMs: hop.startedAtMs + 70,
        durationMs: (hop.durationMs ?? 0) + 120,
        responseHeaders: hop.responseHeaders
          .map(({ name, value }) =>
            /^(?:date|x-vig-trace-id)$/i.test(name)
              ? { name, value: 'another' }
              : { name: name.toUpperCase(), value },
          )
          .toReversed(),
      })),
    );
    nothing(
      compareRuns(reference, {
        ...other,
        id: '0b7a6f0e-1111-4222-8333-444455556666',
        startedAt: 1795400000000,
      }),
    );
  });
});

describe('a chain', () => {
  test('with one hop more keeps all the others in their pairs (not by number)', () => {
    const [first] = reference.hops;
    const detour = { ...first, role: 'unknown', url: 'https://detour.example/x' } as Hop;
    const longer = changed((hops) => hops.toSpliced(2, 0, detour));
    const comparison = compareRuns(reference, longer);
    expect(kinds(comparison)).toBe('same same only_in_run same same same');
    expect(comparison.firstDivergence).toEqual({ at: 2, hop: 3 });
    expect(kinds(compareRuns(longer, reference))).toBe('same same only_in_reference same same same');
  });

  test('that ends early is the same up to there', () => {
    const shorter = changed((hops) => hops.slice(0, 3));
    const comparison = compareRuns(reference, shorter);
    expect(kinds(comparison)).toBe('same same same only_in_reference only_in_reference');
    expect(comparison.firstDivergence?.hop).toBe(4);
  });

  test('over another host of the same role is paired with it, and the host is the difference', () => {
    const run = atHop(2, { url: 'http://he2.operator.test/enrich' });
    expect(kinds(compareRuns(reference, run))).toBe('same same differs same same');
    expect(differencesAt(run, 2)).toContainEqual({
      what: 'host',
      name: null,
      reference: 'he.operator.test',
      run: 'he2.operator.test',
    });
  });

  test('does not pair two hosts nobody knows, nor a hop that only the browser made with one that went out', () => {
    const unknown = (url: string) => atHop(1, { role: 'unknown', url });
    const one = unknown('https://a.example/');
    expect(kinds(compareRuns(one, unknown('https://b.example/')))).toBe(
      'same only_in_reference only_in_run same same same',
    );
    const rewritten = atHop(2, { madeBy: 'browser' });
    expect(
      compareRuns(reference, rewritten).chain.filter(({ kind }) => kind.startsWith('only')),
    ).toHaveLength(2);
  });

  test.each<[what: string, position: number, change: Partial<Hop>]>([
    ['scheme', 2, { url: 'https://he.operator.test/enrich' }],
    ['status', 1, { status: 200 }],
    ['error', 1, { error: { code: 'reset', raw: 'net::ERR_CONNECTION_RESET' } }],
    ['location_host', 1, { nextUrl: 'https://elsewhere.example/x' }],
    ['page', 1, { page: { contentType: 'text/html', title: 'Sign in', shows: ['number_field'] } }],
    ['cookies_sent', 3, { cookiesSent: ['vf-gw', 'more'] }],
    ['cookies_set', 0, { cookiesSet: [] }],
    ['notes', 2, { notes: ['upgraded_by_browser'] }],
    ['address_family', 1, { ip: '2001:db8::1' }],
    ['header', 1, { responseHeaders: [{ name: 'Server', value: 'other' }] }],
    ['duration', 1, { durationMs: 9_000 }],
  ])('that differs in %s says so at its hop', (what, position, change) => {
    const run = atHop(position, change);
    expect(differencesAt(run, position).map((one) => one.what)).toContain(what);
    expect(compareRuns(reference, run).firstDivergence?.hop).toBe(position + 1);
  });

  test('has a header that is missing on one side, by its name', () => {
    const headers = reference.hops[1]?.responseHeaders ?? [];
    const run = atHop(1, {
      responseHeaders: [...headers, { name: 'Strict-Transport-Security', value: 'max-age=1' }],
    });
    expect(differencesAt(run, 1)).toEqual([
      { what: 'header', name: 'strict-transport-security', reference: null, run: 'max-age=1' },
    ]);
  });

  test('whose addresses were not seen does not differ in them', () => {
    expect(differencesAt(atHop(1, { ip: null }), 1)).toEqual([]);
  });

  test('of a phone on Wi-Fi leaves the reference where the network is asked', () => {
    const wifi = recording('wifi-access-denied');
    const comparison = compareRuns(reference, wifi);
    const first = comparison.chain[comparison.firstDivergence?.at ?? -1] as HopPair & { kind: 'differs' };
    expect(first.kind).toBe('differs');
    expect(first.reference.role).toBe('enrichment');
    expect(first.differences.map(({ what }) => what)).toContain('location_host');
    expect(comparison.outcome).toContainEqual({
      what: 'cause',
      name: null,
      reference: null,
      run: 'off_network',
    });
  });
});
