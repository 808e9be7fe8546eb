import { setTimeout as delay } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { additionOf, madeOf } from '../database/addition.ts';
import { createCoverageReads } from '../database/coverage-reads.ts';
import { createKnownRuns } from '../database/known-runs.ts';
import { createRunImports } from '../database/run-imports.ts';
import { createRunReads } from '../database/run-reads.ts';
import { createRunUpkeep } from '../database/run-upkeep.ts';
import { createRunWrites } from '../database/run-writes.ts';
import { POSTGRES } from '../database/sql-dialect.ts';
import type { Tables } from '../database/tables.ts';
import { LEASE_MS, type RunStore } from '../run-store.ts';
import { UnusableStore } from '../storage-error.ts';
import { untilDone } from '../until-done.ts';
import { createAsk } from './ask.ts';
import { createDoubts } from './doubts.ts';
import { createEnding } from './ending.ts';
import { BY_KEY, type Limits, openPool } from './open-pool.ts';
import { isBrokenOff, isRepeatable, storageFaultOf } from './postgres-faults.ts';
import { prepareDatabase } from './prepare-database.ts';
import { createSharedReads } from './shared-reads.ts';
import { createSharedWrites } from './shared-writes.ts';
import { unusable } from './unusable.ts';

interface PostgresOptions {
  url: string;
  instance: string;
  leaseMs?: number;
  /** How long a server that is not there is waited for at the start (ms). */
  patienceMs?: number;
  /** How long it may take until a caller hears that the store is out of reach. */
  limits?: Limits;
  /** Where trouble with idle connections goes. */
  report?: (error: unknown) => void;
}

const TRIES = 3;

/** Runs in PostgreSQL, which any number of backends may share. Rejects with `UnusableStore`. */
export async function openPostgresRunStore(options: PostgresOptions): Promise<RunStore> {
  const {
    url,
    instance,
    leaseMs = LEASE_MS,
    patienceMs = 30_000,
    report = () => undefined,
    limits,
  } = options;
  const pool = openPool(url, report, { max: 6, ...limits });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await firstAnswer(pool, patienceMs);
    await refuseUnsafe(pool);
    await prepareDatabase(url, report);
  } catch (error) {
    await pool.end();
    throw error instanceof UnusableStore ? error : unusable(error);
  }

  const { coverage, find } = createCoverageReads(db, POSTGRES);
  const runs = createKnownRuns();
  const reads = createRunReads(db, POSTGRES, find);
  // Not awaited, and not missed: who asks first would wait for it.
  coverage.warm().catch(() => undefined);
  const writer = { instance, leaseMs, seen: new Map() };
  const writesOn = (on: Kysely<Tables>) => ({
    ...createRunWrites(on, POSTGRES, writer, runs),
    ...createRunImports(on, POSTGRES),
    ...createRunUpkeep(on, POSTGRES),
  });
  type Writes = ReturnType<typeof writesOn>;
  const write = <T>(work: (writes: Writes) => Promise<T>): Promise<T> =>
    reaching(() => db.transaction().execute((transaction) => work(writesOn(transaction))));

  const keyed = openPool(url, report, { max: 5, options: BY_KEY, ...limits });
  const ask = createAsk(keyed);
  const read = createSharedReads(ask, runs);
  const shared = createSharedWrites(ask, { instance, leaseMs }, runs);
  const end = createEnding(ask, runs);
  const direct = writesOn(db);
  const doubts = createDoubts((work) => reaching(() => db.transaction().execute(work)), instance, runs);

  return {
    create: (run, created, digest) => reaching(() => shared.create(madeOf(run, created, digest))),
    read: (id) => reaching(() => read(id)),
    async claimSubmission(run, events, submission, codeDigest) {
      const addition = additionOf(run, events);
      const claiming = { ...submission, profileId: run.profile.id, codeDigest };
      const together = () => (addition.counted ? end(addition, claiming) : shared.claim(addition, claiming));
      try {
        const claim = (await reaching(together))
          ? 'claimed'
          : await write((on) => on.claimSubmission(addition, claiming));
        // Ours without our having heard of it. Who reads the run again finds it unclaimed.
        return claim === 'same' && (await doubts.takeBack(run.id)) ? 'changed' : claim;
      } catch (error) {
        doubts.note(addition, claiming);
        // Settled here where that can be: a proxy may send what we refuse to another process, which cannot know of it.
        if (isBrokenOff(error) && (await settled(() => doubts.takeBack(run.id)))) return 'changed';
        throw error;
      }
    },
    claimHashDoctor: (id, digest) => reaching(() => direct.claimHashDoctor(id, digest)),
    async append(run, events) {
      const addition = additionOf(run, events);
      if (await reaching(() => (addition.counted ? end : shared.append)(addition))) return;
      return write((on) => on.append(addition));
    },
    abandoned: (before) => reaching(() => reads.abandoned(before)),
    renewLeases: (ids) => write((on) => on.renewLeases(ids)),
    async takeExpired() {
      const ids = await write((on) => on.takeExpired());
      doubts.forget(ids);
      return ids;
    },
    list: (filter, cursor, limit, whose) => reaching(() => reads.list(filter, cursor, limit, whose)),
    count: (filter, whose) => reaching(() => reads.count(filter, whose)),
    coverage: (query, whose) => reaching(() => coverage.coverage(query, whose)),
    latency: (filter, whose) => reaching(() => reads.latency(filter, whose)),
    importRun: (run, digest, at) => write((on) => on.importRun(run, digest, at)),
    setReference: (id, reference) => write((on) => on.setReference(id, reference)),
    referenceOf: (profileId) => reaching(() => reads.referenceOf(profileId)),
    keepCampaign: (campaign, kept) => write((on) => on.keepCampaign(campaign, kept)),
    keptCampaigns: () => reaching(() => reads.keptCampaigns()),
    setPinned: (id, pinned) => write((on) => on.setPinned(id, pinned)),
    delete: (id) => write((on) => on.delete(id)),
    deleteBefore: (before) => untilDone(() => write((on) => on.deleteBatch(before))),
    forgetNumber: (hmac, whose) => untilDone(() => write((on) => on.forgetBatch(hmac, whose))),
    ready: () => reaching(() => reads.ready()),
    async close() {
      await Promise.all([pool.end(), keyed.end()]);
    },
  };
}

/** The one place where anything is repeated or renamed. */
async function reaching<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (isRepeatable(error) && tries < TRIES) continue;
      throw storageFaultOf(error) ?? error;
    }
  }
}

/** Connections break together, and the first that is asked next may be one of them. Whoever asked waits for this. */
async function settled(takeBack: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    try {
      return await takeBack();
    } catch (error) {
      if (!isBrokenOff(error)) return false;
    }
  }
  return false;
}

/** A server that is starting with us gets some time. */
async function firstAnswer(pool: pg.Pool, patienceMs: number): Promise<void> {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      await pool.query('select 1');
      return;
    } catch (error) {
      if (!storageFaultOf(error) || performance.now() > end) throw error;
      await delay(500);
    }
  }
}

/** Acknowledged has to mean durable; with these off, PostgreSQL says it before it is so. */
async function refuseUnsafe(pool: pg.Pool): Promise<void> {
  for (const setting of ['fsync', 'full_page_writes']) {
    const { rows } = await pool.query<Record<string, string>>(`show ${setting}`);
    if (rows[0]?.[setting] === 'on') continue;
    throw new UnusableStore(
      'storage.unsafe',
      `PostgreSQL runs with ${setting} off, so that a crash would lose acknowledged runs. Switch it on.`,
    );
  }
}
