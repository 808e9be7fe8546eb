/** What the pages ask of a long history, and how long each answer takes. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

import type { CoverageQuery } from '#protocol/coverage-api.ts';
import type { RunFilter } from '#protocol/history-api.ts';

import type { RunStore } from '../../backend/store/run-store.ts';

const ROUNDS = 60;
/** Milliseconds that nineteen of twenty answers, and any one block of the process, may take. */
export const TARGET_MS = 50;

type Ask = (store: RunStore) => Promise<number>;

const FILTERS: [name: string, filter: RunFilter][] = [
  ['all', {}],
  ['failed', { verdict: 'failed' }],
  ['a rare failure', { failure: 'token.dns' }],
  ['not as expected', { expected: 'not_as_expected' }],
  ['one operator, one day', { operator: 'Vodafone UK', fromDay: '2026-03-01', toDay: '2026-03-01' }],
  ['an old month', { fromDay: '2026-02-01', toDay: '2026-02-28' }],
  ['one roaming run in 500', { roaming: 'abroad' }],
  ['a rare device, not stated', { device: 'device 119', vpn: '∅' }],
  ['a word of many', { text: 'vodafone' }],
  ['a word of few', { text: 'thessaloniki' }],
  ['part of a word, and a code', { text: 'essalon html_page' }],
  ['two letters', { text: 'ee' }],
  ['a word of none', { text: 'nowhere-at-all' }],
];
const MATRICES: CoverageQuery[] = [
  { rows: 'operator', columns: 'bearer' },
  { rows: 'device', columns: 'day' },
  { rows: 'campaign', columns: 'place' },
  { rows: 'operator', columns: 'bearer', fromDay: '2026-03-01', toDay: '2026-03-31' },
  { rows: 'place', columns: 'device', operator: 'EE', vpn: '∅' },
];
const LATENCIES: [name: string, filter: RunFilter][] = [
  ['all', {}],
  ['one operator', { operator: 'Vodafone UK' }],
  ['an old month', { fromDay: '2026-02-01', toDay: '2026-02-28' }],
  ['one roaming run in 500', { roaming: 'abroad' }],
  ['a rare device, not stated', { device: 'device 119', vpn: '∅' }],
];

const QUESTIONS: [question: string, ask: Ask][] = [
  ...FILTERS.map(([name, filter]): [string, Ask] => [
    `page: ${name}`,
    async (store) => (await store.list(filter, null, 50)).runs.length,
  ]),
  ...FILTERS.map(([name, filter]): [string, Ask] => [
    `count: ${name}`,
    async (store) => (await store.count(filter)).runs,
  ]),
  ...MATRICES.map(({ rows, columns, ...filter }): [string, Ask] => [
    `matrix: ${rows} by ${columns} ${Object.values(filter).join(' ')}`,
    async (store) => (await store.coverage({ rows, columns, ...filter })).cells.row.length,
  ]),
  ...LATENCIES.map(([name, filter]): [string, Ask] => [
    `latency: ${name}`,
    async (store) => (await store.latency(filter)).runs,
  ]),
];

export interface Measured {
  question: string;
  found: number;
  'p50 ms': number;
  'p95 ms': number;
  'longest block ms': number;
  within: boolean;
}

export async function measure(store: RunStore): Promise<Measured[]> {
  const rows: Measured[] = [];
  for (const [question, ask] of [...QUESTIONS, ['page by page', pageAfterPage()] as [string, Ask]]) {
    const blocked = monitorEventLoopDelay({ resolution: 1 });
    const took: number[] = [];
    let found = 0;
    blocked.enable();
    for (let round = 0; round < ROUNDS; round += 1) {
      const started = performance.now();
      found = await ask(store);
      took.push(performance.now() - started);
    }
    blocked.disable();
    const sorted = took.toSorted((a, b) => a - b);
    const at = (share: number) => rounded(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
    const block = rounded(blocked.max / 1e6);
    rows.push({
      ...{ question, found, 'p50 ms': at(0.5), 'p95 ms': at(0.95), 'longest block ms': block },
      within: at(0.95) <= TARGET_MS && block <= TARGET_MS,
    });
  }
  return rows;
}

/** Each time the next page, from the newest on. */
function pageAfterPage(): Ask {
  let cursor: string | null = null;
  return async (store) => {
    const { runs, next } = await store.list({}, cursor, 50);
    cursor = next;
    return runs.length;
  };
}

const rounded = (ms: number) => Math.round(ms * 10) / 10;
