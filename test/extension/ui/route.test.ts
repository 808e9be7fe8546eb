import { describe, expect, test } from 'vitest';

import { RunFilter } from '#protocol/history-api.ts';

import {
  FILTER_NAMES,
  hrefOf,
  parseRoute,
  type Route,
  withFilter,
} from '../../../extension/ui/inspector/route.ts';

const ID = '2f1f6e0e-97a2-4f6c-8f3e-6b2a3f4d5e6f';
const runs = (more: object = {}): Route => ({ page: 'runs', runId: null, filter: {}, ...more });

describe('the address', () => {
  test.each<[string, Route]>([
    ['', { page: 'new_run' }],
    ['#/', { page: 'new_run' }],
    ['#/runs', runs()],
    ['#/runs/', runs()],
    [`#/runs/${ID}`, runs({ runId: ID })],
    ['#/runs?verdict=failed', runs({ filter: { verdict: 'failed' } })],
    [`#/runs/${ID}?text=a+b&place=%C3%89vry`, runs({ runId: ID, filter: { text: 'a b', place: 'Évry' } })],
    ['#/elsewhere', { page: 'new_run' }],
    ['#hop-3', { page: 'new_run' }],
  ])('%s is read', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });

  test('of every page and filter leads back to it', () => {
    const values: Record<string, string> = {
      verdict: 'no_match',
      leg: 'token',
      origin: 'imported',
      expected: 'inconclusive',
      failure: 'token.invalid_grant',
      cause: 'off_network',
      fromDay: '2026-02-28',
      toDay: '2026-11-30',
    };
    const filter = Object.fromEntries(FILTER_NAMES.map((name) => [name, values[name] ?? 'a&b=c?/#% "é']));
    for (const route of [runs({ filter }), runs({ runId: ID, filter }), runs()])
      expect(parseRoute(hrefOf(route))).toEqual(route);
  });

  test.each([
    '#/runs/../x',
    '#/runs/2f1f6e0e',
    `#/runs/${ID.toUpperCase()}`,
    '#/runs?verdict=maybe&leg=4&fromDay=2026-13-01&origin=&text=&more=1&__proto__=x',
  ])('%s names no run and no filter that there is', (hash) => {
    expect(parseRoute(hash)).toEqual(runs());
  });

  test('what it can hold is what the backend can be asked', () => {
    expect(FILTER_NAMES.toSorted()).toEqual(Object.keys(RunFilter.shape).toSorted());
  });
});

test('a part of the filter is set, changed and taken away, and the others stay', () => {
  const filter = withFilter({ verdict: 'failed', place: 'Rome' }, { cause: 'off_network', place: '' });
  expect(filter).toEqual({ verdict: 'failed', cause: 'off_network' });
  expect(withFilter(filter, { verdict: 'match', cause: '' })).toEqual({ verdict: 'match' });
});
