/** A thread of its own for SQLite, whose every call blocks the thread it is made on. */
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Kysely, sql } from 'kysely';
import { removeEmptied } from '../database/cells.ts';
import { createCoverageReads } from '../database/coverage-reads.ts';
import { createKnownRuns } from '../database/known-runs.ts';
import { isUpToDate, migrate } from '../database/migrate.ts';
import { runsPlan } from '../database/migrations.ts';
import { createRunImports } from '../database/run-imports.ts';
import { createRunReads } from '../database/run-reads.ts';
import { createRunUpkeep } from '../database/run-upkeep.ts';
import { createRunWrites } from '../database/run-writes.ts';
import { SQLITE } from '../database/sql-dialect.ts';
import type { Tables } from '../database/tables.ts';
import { emptyLog } from './empty-log.ts';
import { lockFolder } from './folder-lock.ts';
import { createGroupCommit } from './group-commit.ts';
import { NodeSqliteDialect } from './node-sqlite-dialect.ts';
import { openReader, openWriter } from './open-database.ts';
import { createOutbox } from './outbox.ts';
import { storageFaultOf } from './sqlite-faults.ts';
import { createTextIndex } from './text-index.ts';
import { type Answer, type Call, faultOf, type WorkerCalls, type WorkerSettings } from './worker-messages.ts';

const settings = workerData as WorkerSettings;
const file = join(settings.folder, 'runs.db');

async function startReader(): Promise<Partial<WorkerCalls>> {
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(openReader(file)) });
  const { coverage, find } = createCoverageReads(db, SQLITE);
  // Not awaited, and not missed: who asks first would wait for it.
  coverage.warm().catch(() => undefined);
  return { ...createRunReads(db, SQLITE, find), ...coverage, close: () => db.destroy() };
}

async function startWriter(): Promise<Partial<WorkerCalls>> {
  const lock = lockFolder(settings.folder);
  const sqlite = openWriter(file, lock);
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(sqlite) });
  await migrate(db, runsPlan('sqlite'), `"${file}"`);
  lock.storeMade();
  if (settings.maxPages !== null) sqlite.exec(`pragma max_page_count = ${settings.maxPages}`);
  // Whoever held them held the lock, and is no more.
  await db.updateTable('runs').set({ lease_until: 0 }).where(sql<boolean>`phase <> 'ended'`).execute();
  await removeEmptied(db).catch(unlessOutOfReach);

  const commit = createGroupCommit(sqlite, createTextIndex(sqlite));
  const writes = {
    ...createRunWrites(db, SQLITE, { ...settings, seen: new Map() }, createKnownRuns()),
    ...createRunImports(db, SQLITE),
    ...createRunUpkeep(db, SQLITE),
  };
  const grouped = Object.entries(writes).map(([name, write]) => [
    name,
    (...args: unknown[]) => commit(() => (write as (...args: unknown[]) => Promise<unknown>)(...args)),
  ]);
  return {
    ...(Object.fromEntries(grouped) as typeof writes),
    emptyLog: () => emptyLog(sqlite),
    ready: () => isUpToDate(db, runsPlan('sqlite')),
    async close() {
      await commit(async () => undefined);
      await db.destroy();
      lock.release();
    },
  };
}

/** For what a store can be opened without: a full disk, say, is still read from. */
function unlessOutOfReach(error: unknown): void {
  if (!storageFaultOf(error)) throw error;
}

const start = settings.role === 'writer' ? startWriter : startReader;
let calls: Partial<WorkerCalls> = {
  async open() {
    calls = await start();
  },
};

const reply = createOutbox<Answer>((answers) => parentPort?.postMessage(answers));

async function answer({ id, method, args }: Call): Promise<void> {
  try {
    const call = calls[method] as (...args: unknown[]) => Promise<unknown>;
    reply({ id, value: await call(...args) });
  } catch (error) {
    reply({ id, fault: faultOf(error) });
  }
  // After the answer, which is on its way by then.
  if (method === 'close') setImmediate(() => parentPort?.close());
}

parentPort?.on('message', (received: Call[]) => received.forEach(answer));
