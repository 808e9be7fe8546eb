import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';

import { openSqliteRunStore } from '../../../backend/store/sqlite/sqlite-run-store.ts';
import { runOf } from '../../support/fixtures.ts';
import { created, profile, testRunStore } from './contract.ts';
import { testLeases } from './lease-contract.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'runs-'));
afterAll(() => rmSync(folder, { recursive: true }));

let last = '';
const open = (leaseMs?: number) => {
  last = mkdtempSync(path.join(folder, 'store-'));
  return openSqliteRunStore({ folder: last, instance: 'one', ...(leaseMs ? { leaseMs } : {}) });
};
async function setClock(byMs: number) {
  const other = new DatabaseSync(path.join(last, 'runs.db'), { timeout: 5000 });
  other.prepare('update runs set lease_until = lease_until - ?').run(byMs);
  other.close();
}

testRunStore('the store in a SQLite file (B16, B17, PR3, PR5, S12, S13, S14)', () => open());
testLeases('the store in a SQLite file (K5, K8)', open, setClock);

test('words that thousands of runs have, and some have not, are found all the same (S15)', async () => {
  const store = await open();
  const conditions = (value: string) => ({
    conditions: { place: { value, basis: 'stated' as const, at: 1 } },
  });
  const common = Array.from({ length: 2100 }, (_, at) =>
    runOf(profile, { startedAt: at, ...conditions('Athens') }),
  );
  const rare = [7, 70].map((startedAt) => runOf(profile, { startedAt, ...conditions('Athens, gate') }));
  const others = Array.from({ length: 60 }, (_, at) => runOf(profile, { startedAt: 3000 + at }));
  for (const runs of [common, rare, others]) {
    await Promise.all(runs.map((run) => store.create(run, created(run), 'digest')));
  }
  const starts = async (text: string) => {
    const { runs } = await store.list({ text }, null, 50);
    return runs.map(({ startedAt }) => startedAt);
  };
  expect(await starts('athens')).toEqual(Array.from({ length: 50 }, (_, at) => 2099 - at));
  expect(await starts('gate athens')).toEqual([70, 7]);
  expect(await starts('scripted')).toHaveLength(50);
  await store.close();
});
