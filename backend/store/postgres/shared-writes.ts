import type { Addition, Claiming, Made } from '../database/addition.ts';
import type { Known, KnownRuns } from '../database/known-runs.ts';
import type { Writer } from '../database/run-writes.ts';
import type { Ask } from './ask.ts';
import { isTaken } from './postgres-faults.ts';
import { sharing } from './sharing-batches.ts';

/** A write that others share a statement with. Each says whether it was done; one that was not changed nothing. */
export interface SharedWrites {
  /** A run and its creation; false if the id is taken. */
  create(made: Made): Promise<boolean>;
  /** False if anything speaks against it, which the other way to claim finds out. */
  claim(addition: Addition, claiming: Claiming): Promise<boolean>;
  /** Events of a run in flight, as this process knows it; false where it knows nothing, or somebody else wrote. */
  append(addition: Addition): Promise<boolean>;
}

const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint';
/** What is given of each run that events are added to. */
const ADDED =
  'run_no bigint, was text, revision text, phase text, hops integer, sequence integer, events text';
const NOTED = `insert into run_events (run_no, sequence, events)
  select run_no, sequence, events from changed join given using (run_no)`;

/**
 * The writes that every run makes, those of many runs in one statement each: what a database spends on a statement it
 * spends once then. A statement alone is a transaction by itself, and the rows of a batch are its own.
 */
export function createSharedWrites(
  ask: Ask,
  { instance, leaseMs }: Pick<Writer, 'instance' | 'leaseMs'>,
  runs: KnownRuns,
): SharedWrites {
  const lease = `instance = $2, lease_until = ${NOW} + ${Math.trunc(leaseMs)}`;
  const changed = `update runs set phase = given.phase, hops = given.hops, revision = given.revision, ${lease}`;

  const create = sharing<Made>(
    ({ row }) => row.id,
    async (jobs) => {
      const names = Object.keys(jobs[0]?.row ?? {}).join();
      const made = await ask<{ id: string; run_no: number }>(
        `with made as (insert into runs (${names}) select ${names} from json_populate_recordset(null::runs, $1)
          on conflict (id) do nothing returning run_no, id),
        noted as (insert into run_events (run_no, sequence, events) select run_no, 1, events
          from made join json_to_recordset($2) as given (id text, events text) using (id))
        select run_no, id from made`,
        JSON.stringify(jobs.map(({ row }) => row)),
        JSON.stringify(jobs.map(({ row, events }) => ({ id: row.id, events }))),
      );
      const numbers = new Map(made.map(({ id, run_no }) => [id, run_no]));
      for (const { row } of jobs) {
        const runNo = numbers.get(row.id);
        if (runNo !== undefined) runs.keep(row.id, { runNo, revision: row.revision, last: 1 });
      }
      return ({ row }) => numbers.has(row.id);
    },
  );

  interface Adding {
    before: Known;
    addition: Addition;
  }
  const givenOf = ({ before, addition }: Adding) => ({
    ...{ run_no: before.runNo, was: before.revision, revision: addition.revision, ...addition.columns },
    ...{ sequence: addition.first, events: addition.events },
  });
  /** Runs a statement that returns the numbers of the runs it changed, and knows those from then on. */
  const change = async <J extends Adding>(jobs: readonly J[], text: string, given: (job: J) => object) => {
    const rows = await ask<{ run_no: number }>(text, JSON.stringify(jobs.map(given)), instance);
    const numbers = new Set(rows.map(({ run_no }) => run_no));
    for (const { before, addition } of jobs) {
      const { id, last, revision } = addition;
      if (numbers.has(before.runNo)) runs.keep(id, { runNo: before.runNo, revision, last });
    }
    return ({ before }: J) => numbers.has(before.runNo);
  };

  const claim = sharing<Adding & { claiming: Claiming }>(
    ({ addition }) => addition.id,
    (jobs) =>
      change(
        jobs,
        // What is known is in flight, and so it is by its revision: to ask for it again would invite a scan of all that are.
        // A code that another claim spends at this moment makes the second of them fail; the other way finds out why.
        `with given as (select * from json_to_recordset($1) as given
          (${ADDED}, digest text, hmac text, profile text, code text)),
        changed as (${changed}, submission_digest = given.digest, number_hmac = given.hmac
          from given where runs.run_no = given.run_no and runs.revision = given.was
          and submission_digest is null and not exists
          (select from spent_codes where profile_id = given.profile and code_digest = given.code)
          returning runs.run_no),
        noted as (${NOTED}),
        spent as (insert into spent_codes (profile_id, code_digest, spent_at)
          select profile, code, ${NOW} from changed join given using (run_no) where code is not null)
        select run_no from changed`,
        ({ claiming, ...job }) => ({
          ...givenOf(job),
          ...{ digest: claiming.digest, hmac: claiming.numberHmac },
          ...{ profile: claiming.profileId, code: claiming.codeDigest },
        }),
      ).catch((error) => {
        if (jobs.length === 1 && isTaken(error)) return () => false;
        throw error;
      }),
  );

  const append = sharing<Adding>(
    ({ addition }) => addition.id,
    (jobs) =>
      change(
        jobs,
        `with given as (select * from json_to_recordset($1) as given (${ADDED})),
        changed as (${changed} from given where runs.run_no = given.run_no and runs.revision = given.was
          returning runs.run_no),
        noted as (${NOTED})
        select run_no from changed`,
        givenOf,
      ),
  );

  return {
    create,
    async claim(addition, claiming) {
      const before = runs.get(addition.id);
      const isNext = before && addition.first === before.last + 1 && !addition.counted;
      return isNext ? claim({ before, addition, claiming }) : false;
    },
    async append(addition) {
      const before = runs.get(addition.id);
      const isNext = before && addition.first === before.last + 1;
      return isNext ? append({ before, addition }) : false;
    },
  };
}
