/**
 * `npm run bench:store -- --runs 1000000`: pages, counts, matrices and latencies of a long history, then how many whole
 * runs a second are acknowledged; in SQLite, and with `--postgres` there.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';

import type { Tables } from '../../backend/store/database/tables.ts';
import { recount } from '../../backend/store/memory-coverage.ts';
import { openPostgresRunStore } from '../../backend/store/postgres/postgres-run-store.ts';
import type { RunStore } from '../../backend/store/run-store.ts';
import { NodeSqliteDialect } from '../../backend/store/sqlite/node-sqlite-dialect.ts';
import { openSqliteRunStore } from '../../backend/store/sqlite/sqlite-run-store.ts';
import { createTextIndex } from '../../backend/store/sqlite/text-index.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { bulkFill } from './bulk-fill.ts';
import { measure } from './store-questions.ts';
import { runsASecond } from './write-bench.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    whole: { type: 'string', default: '20000' },
    postgres: { type: 'boolean', default: false },
    /** Where the SQLite history stays, and is found again by the next run of the bench. */
    folder: { type: 'string' },
  },
});
const WHOLE_TARGET = 1000;
const tell = (made: number) => console.error(`${made} of ${values.runs}`);

async function filledSqlite(folder: string): Promise<RunStore> {
  const open = () => openSqliteRunStore({ folder, instance: 'bench' });
  const file = path.join(folder, 'runs.db');
  const filled = path.join(folder, `filled-${values.runs}`);
  if (existsSync(filled)) return open();
  await (await open()).close();
  const sqlite = new DatabaseSync(file);
  sqlite.exec('pragma synchronous = off; pragma cache_size = -1000000');
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(sqlite) });
  const cells = await bulkFill(db, 'sqlite', Number(values.runs), tell, createTextIndex(sqlite));
  await db.destroy();
  writeFileSync(filled, '');
  console.log(`${cells} cells, ${Math.round(statSync(file).size / 1e6)} MB`);
  return open();
}

async function filledPostgres(postgres: Postgres): Promise<RunStore> {
  const url = await postgres.database();
  const open = () => openPostgresRunStore({ url, instance: 'bench' });
  await (await open()).close();
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }),
  });
  // Made at the end and all at once, they take a tenth of the time.
  const { rows: indexes } = await sql<{
    name: string;
    made: string;
  }>`select indexname as name, indexdef as made
    from pg_indexes where tablename in ('runs', 'cells') and indexname not like '%_pkey'`.execute(db);
  for (const { name } of indexes) await sql`drop index ${sql.ref(name)}`.execute(db);
  const cells = await bulkFill(db, 'postgres', Number(values.runs), tell);
  for (const { made } of indexes) await sql.raw(made).execute(db);
  await sql`vacuum analyze`.execute(db);
  const { rows } = await sql<{ size: string }>`select pg_database_size(current_database()) as size`.execute(
    db,
  );
  await db.destroy();
  console.log(`${cells} cells, ${Math.round(Number(rows[0]?.size) / 1e6)} MB`);
  return open();
}

/** What was put in so quickly has to be what the store would have made of it. */
async function check(store: RunStore): Promise<void> {
  for (const operator of ['O2', 'EE']) {
    const filter = { operator, fromDay: '2026-05-05', toDay: '2026-05-05', campaign: 'campaign 1' };
    const lines = (await store.list(filter, null, 2000)).runs;
    const asked = { rows: 'place', columns: 'device', ...filter } as const;
    const { total } = await store.coverage(asked);
    if (JSON.stringify(total) !== JSON.stringify(recount(lines, asked).total))
      throw new Error(`The cells do not add up: ${JSON.stringify(total)}`);
  }
}

const [cpu] = cpus();
console.log(`${new Date().toISOString()}  node ${process.version}  ${cpus().length} × ${cpu?.model}`);
const folder = values.folder ?? mkdtempSync(path.join(tmpdir(), 'store-bench-'));
mkdirSync(folder, { recursive: true });
const postgres = values.postgres ? await startPostgres() : null;
try {
  const started = performance.now();
  const store = postgres ? await filledPostgres(postgres) : await filledSqlite(folder);
  console.log(`${values.runs} runs filled in in ${Math.round((performance.now() - started) / 1000)} s`);
  await check(store);
  const measured = await measure(store);
  console.table(measured);
  await store.close();
  const missed = measured.filter(({ within }) => !within).map(({ question }) => question);
  if (postgres === null) {
    const empty = await openSqliteRunStore({
      folder: mkdtempSync(path.join(folder, 'whole-')),
      instance: 'bench',
    });
    const whole = await runsASecond(empty, Number(values.whole));
    await empty.close();
    console.log(`${whole} whole runs a second, 256 in flight (target ${WHOLE_TARGET})`);
    if (whole < WHOLE_TARGET) missed.push('whole runs a second');
  }
  console.log(missed.length === 0 ? 'All targets met.' : `Targets missed: ${missed.join('; ')}`);
  if (missed.length > 0) process.exitCode = 1;
} finally {
  await postgres?.close();
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
}
