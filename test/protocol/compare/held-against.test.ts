import { describe, expect, test } from 'vitest';

import { heldAgainst } from '#protocol/compare/held-against.ts';
import type { Hop } from '#protocol/hop.ts';
import type { Run } from '#protocol/run.ts';

import { recording } from '../../fixtures/runs/export-fixtures.ts';
import { reference } from './chains.ts';

const later = (change: Partial<Run> = {}): Run => ({
  ...reference,
  id: '0b7a6f0e-1111-4222-8333-444455556666',
  ...change,
});

describe('what is said of a run unasked', () => {
  test('is the hop at which it leaves its reference, or that it does not', () => {
    expect(heldAgainst(reference, later())).toEqual({ differs: false });
    expect(heldAgainst(reference, later({ hops: reference.hops.slice(0, 3) }))).toEqual({
      differs: true,
      hop: 4,
      after: false,
    });
  });

  test('is "after" a hop where only the browser went on by itself', () => {
    const [first, ...rest] = reference.hops;
    const between = { ...rest[0], index: 1, madeBy: 'browser' } as Hop;
    const run = later({ hops: [first as Hop, between, ...rest] });
    expect(heldAgainst(reference, run)).toEqual({ differs: true, hop: 1, after: true });
  });

  test('a simulated fault is held against the simulated good way, whatever its scenario', () => {
    const wifi = recording('wifi-access-denied');
    expect([reference.origin, reference.scenario === wifi.scenario]).toEqual(['simulated', false]);
    expect(heldAgainst(reference, wifi)).toMatchObject({ differs: true });
  });

  test.each<[string, Run | null, Run]>([
    ['there is no reference', null, later()],
    ['it is the reference itself', reference, { ...reference, hops: [] }],
    ['it has not ended', reference, later({ phase: 'redeeming', verdict: null })],
    ['one of both is simulated', reference, later({ origin: 'live', hops: [] })],
    ['one of both is simulated, the other way round', { ...reference, origin: 'live' }, later()],
    ['it was captured in another way', reference, later({ capture: 'handoff', hops: [] })],
    [
      'both were walked on another device',
      { ...reference, capture: 'handoff', hops: [] },
      later({ capture: 'handoff', hops: [] }),
    ],
    [
      'a person cut it short',
      reference,
      later({ hops: [], chainEnd: { kind: 'cancelled', url: null, atMs: 9 } }),
    ],
    [
      'the browser went away',
      reference,
      later({ hops: [], chainEnd: { kind: 'interrupted', url: null, atMs: 9 } }),
    ],
    ['its chain never began', reference, later({ hops: [], chainEnd: null })],
  ])('is nothing where %s', (_, one, run) => {
    expect(heldAgainst(one, run)).toBeNull();
  });

  test('a file or a live run: both came from an operator', () => {
    const live = { ...reference, origin: 'live' as const };
    expect(heldAgainst(live, later({ origin: 'imported' }))).toEqual({ differs: false });
  });
});
