import { describe, expect, test } from 'vitest';

import { createPseudonyms } from '#protocol/pseudonyms.ts';

import { beginHop, type HopFacts } from '../../../extension/walker/assemble-hop.ts';
import { type ChainRecord, openChainRecord } from '../../../extension/walker/chain-record.ts';
import type { HopResult } from '../../../extension/walker/request-hop.ts';

/** A hop's result, and how the browser adds to it afterwards. */
function hop(url: string, known: Partial<HopFacts> = {}, outcome: HopResult['outcome'] = 'redirect') {
  let changed: (facts: HopFacts) => void = () => undefined;
  const facts: HopFacts = { ...beginHop(url), status: 302, ...known };
  const result: HopResult = {
    marks: [],
    facts,
    durationMs: 20,
    slept: false,
    outcome,
    response: null,
    later: (listener) => {
      changed = listener;
    },
  };
  return { result, later: (more: Partial<HopFacts>) => changed({ ...facts, ...more }) };
}

function open(): { record: ChainRecord; completions: () => number } {
  let completions = 0;
  const record = openChainRecord([], createPseudonyms(), () => {
    completions += 1;
  });
  return { record, completions: () => completions };
}

const hsts = [{ name: 'Non-Authoritative-Reason', value: 'HSTS' }];

test('what the browser did itself stands between two numbers and has none of its own (A15)', () => {
  const { record } = open();
  const numbers = [
    record.add(hop('https://a.test/').result, 0),
    record.add(hop('http://b.test/', { received: hsts }).result, 20),
    record.add(hop('https://b.test/').result, 21),
  ];
  expect(numbers).toEqual([1, 1, 2]);
  expect(record.hops().map(({ index, madeBy }) => [index, madeBy])).toEqual([
    [1, 'network'],
    [1, 'browser'],
    [2, 'network'],
  ]);
});

test('a step down to http is seen against the hop before (A14)', () => {
  const { record } = open();
  record.add(hop('https://a.test/').result, 0);
  record.add(hop('http://b.test/').result, 20);
  record.add(hop('http://c.test/').result, 40);
  expect(record.hops().map(({ notes }) => notes.includes('downgraded_to_http'))).toEqual([
    false,
    true,
    false,
  ]);
});

describe('facts that come late', () => {
  test('complete their own hop, once, although the next has begun', () => {
    const { record, completions } = open();
    const first = hop('https://a.test/');
    record.add(first.result, 0);
    record.add(hop('https://b.test/', { ip: '10.0.0.2' }).result, 20);
    expect(record.hops()[0]?.ip).toBeNull();
    first.later({ ip: '10.0.0.1' });
    first.later({ ip: '10.0.0.1', over: true });
    expect(record.hops().map(({ ip }) => ip)).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(completions()).toBe(1);
  });

  test('do not count as completing while the ip is still missing', () => {
    const { record, completions } = open();
    const first = hop('https://a.test/');
    record.add(first.result, 0);
    first.later({ sent: [{ name: 'Accept', value: '*/*' }] });
    expect(completions()).toBe(0);
    expect(record.hops()[0]?.requestHeaders).toHaveLength(1);
  });

  test('keep the page the hop showed', () => {
    const { record } = open();
    const first = hop('https://a.test/', { status: 200 }, 'answered');
    record.add(first.result, 0);
    record.setPage({ contentType: 'text/html', title: 'Hi', shows: ['number_field'] });
    first.later({ ip: '10.0.0.1' });
    expect(record.hops()[0]).toMatchObject({
      ip: '10.0.0.1',
      page: { title: 'Hi', shows: ['number_field'] },
    });
  });

  test('are waited for at the end, and not for ever', async () => {
    const { record } = open();
    const first = hop('https://a.test/');
    const second = hop('https://b.test/');
    record.add(first.result, 0);
    record.add(second.result, 20);
    let complete = false;
    const waiting = record.complete().then(() => {
      complete = true;
    });
    second.later({ ip: '10.0.0.2' });
    await Promise.resolve();
    expect(complete).toBe(false);
    first.later({ over: true });
    await waiting;
    const silent = open().record;
    silent.add(hop('https://a.test/').result, 0);
    const started = performance.now();
    await silent.complete();
    expect(performance.now() - started).toBeGreaterThan(200);
  });

  test('are not waited for where nothing is missing', async () => {
    const { record } = open();
    record.add(hop('https://a.test/', { ip: '10.0.0.1' }).result, 0);
    record.add(hop('http://b.test/', { received: hsts }).result, 0);
    const moment = new Promise((passed) => setTimeout(() => passed('waited'), 100));
    expect(await Promise.race([record.complete().then(() => 'at once'), moment])).toBe('at once');
  });
});

describe('a hop that we ended ourselves', () => {
  const aborted = { status: null, error: 'net::ERR_ABORTED', over: true };

  test('at its deadline has had no answer in time, and is not called a network error (A37)', () => {
    const { record } = open();
    record.add(hop('https://a.test/', aborted, 'timed_out').result, 0);
    expect(record.hops()[0]?.error).toEqual({ code: 'timeout', raw: 'net::ERR_ABORTED' });
  });

  test('by Cancel has no error at all (C15)', () => {
    const { record } = open();
    record.add(hop('https://a.test/', aborted, 'cancelled').result, 0);
    expect(record.hops()[0]?.error).toBeNull();
  });
});

test('a number in a page’s title is masked in the record (A21, PR3)', () => {
  const { record } = open();
  record.add(hop('https://a.test/').result, 0);
  record.setPage({ contentType: 'text/html', title: 'Hello +44 7700 900907', shows: [] });
  expect(record.hops()[0]?.page?.title).toMatch(/^Hello ‹number:1›$/);
});
