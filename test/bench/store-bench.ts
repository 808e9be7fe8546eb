/** `npm run bench:store -- --runs 100000`: pages, filters and searches of a long history, in SQLite and with `--postgres` there. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import type { RunFilter } from '#protocol/history-api.ts';

import { openPostgresRunStore } from '../../backend/store/postgres/postgres-run-store.ts';
import type { RunStore } from '../../backend/store/run-store.ts';
import { openSqliteRunStore } from '../../backend/store/sqlite/sqlite-run-store.ts';
import { startPostgres } from '../support/postgres.ts';
import { fillHistory } from './made-up-history.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100000' }, postgres: { type: 'boolean', default: false } },
});
const count = Number(values.runs);
const ROUNDS = 60;

const QUESTIONS: [name: string, filter: RunFilter][] = [
  ['newest page', {}],
  ['failed', { verdict: 'failed' }],
  ['a rare failure', { failure: 'token.dns' }],
  ['not as expected', { expected: 'not_as_expected' }],
  ['one operator, one day', { operator: 'Vodafone UK', fromDay: '2026-03-01', toDay: '2026-03-01' }],
  ['one roaming run in 500', { roaming: 'abroad' }],
  ['a word of every second run', { text: 'vodafone' }],
  ['a word of few', { text: 'thessaloniki' }],
  ['part of a word, and a code', { text: 'essalon html_page' }],
  ['two letters', { text: 'ee' }],
  ['a word of none', { text: 'nowhere-at-all' }],
];

async function measure(store: RunStore): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for (const [question, filter] of QUESTIONS) {
    const took: number[] = [];
    let found = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const started = performance.now();
      found = (await store.list(filter, null, 50)).runs.length;
      took.push(performance.now() - started);
    }
    rows.push({ question, found, ...spread(took) });
  }
  rows.push({ question: 'page by page to the 100th', found: 50, ...spread(await walkPages(store)) });
  return rows;
}

async function walkPages(store: RunStore): Promise<number[]> {
  const took: number[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < 100; page += 1) {
    const started = performance.now();
    const { next }: { next: string | null } = await store.list({}, cursor, 50);
    took.push(performance.now() - started);
    cursor = next;
    if (next === null) break;
  }
  return took;
}

function spread(took: readonly number[]): Record<string, number> {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1));
  return { 'p50 ms': at(0.5), 'p95 ms': at(0.95) };
}

const folder = mkdtempSync(path.join(tmpdir(), 'store-bench-'));
const postgres = values.postgres ? await startPostgres() : null;
const store = postgres
  ? await openPostgresRunStore({ url: await postgres.database(), instance: 'bench' })
  : await openSqliteRunStore({ folder, instance: 'bench' });
try {
  const started = performance.now();
  await fillHistory(store, count, postgres ? 10 : 200, (made) => console.error(`${made} of ${count}`));
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${count} runs written in ${seconds.toFixed(0)} s, ${Math.round((2 * count) / seconds)} commits/s asked for`,
  );
  if (!postgres) console.log(`${Math.round(statSync(path.join(folder, 'runs.db')).size / 1e6)} MB`);
  console.table(await measure(store));
} finally {
  await store.close();
  await postgres?.close();
  rmSync(folder, { recursive: true, force: true });
}
