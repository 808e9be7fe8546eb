import type { DatabaseSync } from 'node:sqlite';

import { createBatches, type Outcome } from '../batches.ts';
import { storageFaultOf } from './sqlite-faults.ts';

type Work = () => Promise<unknown>;

/**
 * Writes that come while the disk is busy share the next transaction, and its one flush. One that fails takes back its
 * own changes only. `beforeCommit` is the end of each transaction.
 */
export function createGroupCommit(
  sqlite: DatabaseSync,
  beforeCommit: () => void,
): <T>(work: () => Promise<T>) => Promise<T> {
  return createBatches<Work>((jobs) => commitTogether({ sqlite, beforeCommit }, jobs));
}

interface Transaction {
  sqlite: DatabaseSync;
  beforeCommit(): void;
}

/** As if none could fail, which few do: a savepoint for each makes the search index write what it has gathered. */
async function commitTogether(on: Transaction, jobs: readonly Work[]): Promise<Outcome[]> {
  try {
    return await inTransaction(on, jobs, async (work) => ({ value: await work() }));
  } catch (error) {
    if (storageFaultOf(error) || jobs.length === 1) return jobs.map(() => ({ error }));
    return commitApart(on, jobs);
  }
}

/** Once more, each so that it can be taken back alone. */
async function commitApart(on: Transaction, jobs: readonly Work[]): Promise<Outcome[]> {
  try {
    return await inTransaction(on, jobs, (work) => runAlone(on.sqlite, work));
  } catch (error) {
    return jobs.map(() => ({ error }));
  }
}

async function inTransaction(
  { sqlite, beforeCommit }: Transaction,
  jobs: readonly Work[],
  run: (work: Work) => Promise<Outcome>,
): Promise<Outcome[]> {
  try {
    sqlite.exec('begin immediate');
    const outcomes: Outcome[] = [];
    for (const work of jobs) outcomes.push(await run(work));
    beforeCommit();
    sqlite.exec('commit');
    return outcomes;
  } catch (error) {
    if (sqlite.isTransaction) sqlite.exec('rollback');
    throw error;
  }
}

/** Throws what is not the job's own fault, such as a full disk: SQLite may have ended the transaction by itself. */
async function runAlone(sqlite: DatabaseSync, work: Work): Promise<Outcome> {
  sqlite.exec('savepoint one');
  try {
    const value = await work();
    sqlite.exec('release one');
    return { value };
  } catch (error) {
    if (!sqlite.isTransaction || storageFaultOf(error)) throw error;
    sqlite.exec('rollback to one; release one');
    return { error };
  }
}
