import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

import { openSqliteRunStore } from '../../../backend/store/sqlite/sqlite-run-store.ts';
import { testRunStore } from './contract.ts';
import { testLeases } from './lease-contract.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'runs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const open = (leaseMs?: number) =>
  openSqliteRunStore({
    folder: mkdtempSync(path.join(folder, 'store-')),
    instance: 'one',
    ...(leaseMs ? { leaseMs } : {}),
  });

testRunStore('the store in a SQLite file (B16, B17, PR3, PR5, S12, S13, S14)', () => open());
testLeases('the store in a SQLite file (K5)', open);
