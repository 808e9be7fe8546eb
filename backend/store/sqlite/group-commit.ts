import type { DatabaseSync } from 'node:sqlite';

import { storageFaultOf } from './sqlite-faults.ts';

interface Job {
  work(): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

type Outcome = { value: unknown } | { error: unknown };

/** So many at once at most: while the others prepare their next write, this thread has one to do. */
const LARGEST = 64;

/**
 * Runs writes so that those which come while the disk is busy share the next transaction, and its one flush. Each is
 * answered after the commit, never before, and one that fails takes back its own changes only. `beforeCommit` is the end of
 * each transaction.
 */
export function createGroupCommit(
  sqlite: DatabaseSync,
  beforeCommit: () => void,
): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: Job[] = [];
  const transaction = { sqlite, beforeCommit };
  let busy = false;

  const commitNext = async () => {
    const jobs = waiting.splice(0, LARGEST);
    const outcomes = await commitTogether(transaction, jobs);
    jobs.forEach((job, at) => {
      const outcome = outcomes[at];
      if (outcome && 'value' in outcome) job.resolve(outcome.value);
      else job.reject(outcome?.error);
    });
    busy = false;
    wake();
  };
  const wake = () => {
    if (busy || waiting.length === 0) return;
    busy = true;
    // After the messages that have arrived meanwhile.
    setImmediate(() => void commitNext());
  };
  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
      wake();
    });
}

interface Transaction {
  sqlite: DatabaseSync;
  beforeCommit(): void;
}

/** As if none could fail, which few do: a savepoint for each makes the search index write what it has gathered. */
async function commitTogether(on: Transaction, jobs: readonly Job[]): Promise<Outcome[]> {
  try {
    return await inTransaction(on, jobs, async (job) => ({ value: await job.work() }));
  } catch (error) {
    if (storageFaultOf(error) || jobs.length === 1) return jobs.map(() => ({ error }));
    return commitApart(on, jobs);
  }
}

/** Once more, each so that it can be taken back alone. */
async function commitApart(on: Transaction, jobs: readonly Job[]): Promise<Outcome[]> {
  try {
    return await inTransaction(on, jobs, (job) => runAlone(on.sqlite, job));
  } catch (error) {
    return jobs.map(() => ({ error }));
  }
}

async function inTransaction(
  { sqlite, beforeCommit }: Transaction,
  jobs: readonly Job[],
  run: (job: Job) => Promise<Outcome>,
): Promise<Outcome[]> {
  try {
    sqlite.exec('begin immediate');
    const outcomes: Outcome[] = [];
    for (const job of jobs) outcomes.push(await run(job));
    beforeCommit();
    sqlite.exec('commit');
    return outcomes;
  } catch (error) {
    if (sqlite.isTransaction) sqlite.exec('rollback');
    throw error;
  }
}

/** Throws what is not the job's own fault, such as a full disk: SQLite may have ended the transaction by itself. */
async function runAlone(sqlite: DatabaseSync, job: Job): Promise<Outcome> {
  sqlite.exec('savepoint one');
  try {
    const value = await job.work();
    sqlite.exec('release one');
    return { value };
  } catch (error) {
    if (!sqlite.isTransaction || storageFaultOf(error)) throw error;
    sqlite.exec('rollback to one; release one');
    return { error };
  }
}
