import { randomUUID } from 'node:crypto';
import { CompiledQuery, type Kysely } from 'kysely';
import type { RunEvent } from '#protocol/run-events.ts';

import type { Fold, KeptFolds } from '../database/kept-folds.ts';
import { columnsOf, flightColumns, runFrom } from '../database/run-columns.ts';
import type { Writer } from '../database/run-writes.ts';
import type { Tables } from '../database/tables.ts';
import { foldedWith, sharing } from './sharing-batches.ts';

/** A write that others share a statement with. Each says whether it was done; one that was not changed nothing. */
export interface SharedWrites {
  /** A run and its creation; false if the id is taken. */
  create(created: string, requestDigest: string): Promise<boolean>;
  /** False if somebody has submitted before, or the run is over or unknown. */
  claim(id: string, digest: string, numberHmac: string | null): Promise<boolean>;
  /** False if the code is spent. */
  spend(profileId: string, codeDigest: string): Promise<boolean>;
  /** Events of a run in flight, as this process knows it; false where it knows nothing, or somebody else wrote. */
  append(id: string, text: string): Promise<boolean>;
}

type Row = Record<string, string | number | null>;
const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

/**
 * The writes that every run makes, those of many runs in one statement each: what a database spends on a statement it
 * spends once then. A statement alone is a transaction by itself, and the rows of a batch are its own.
 */
export function createSharedWrites(
  db: Kysely<Tables>,
  { instance, leaseMs }: Pick<Writer, 'instance' | 'leaseMs'>,
  folds: KeptFolds,
): SharedWrites {
  const ask = async <R>(text: string, ...parameters: unknown[]) =>
    (await db.executeQuery<R>(CompiledQuery.raw(text, parameters))).rows;
  const lease = `instance = $2, lease_until = ${NOW} + ${Math.trunc(leaseMs)}`;

  const create = sharing<{ id: string; row: Row; events: string; fold: Fold }>(
    ({ id }) => id,
    async (jobs) => {
      const names = Object.keys(jobs[0]?.row ?? {}).join();
      const made = await ask<{ id: string; run_no: number }>(
        `with made as (insert into runs (${names}) select ${names} from json_populate_recordset(null::runs, $1)
          on conflict (id) do nothing returning run_no, id),
        noted as (insert into run_events (run_no, sequence, events) select run_no, 1, events
          from made join json_to_recordset($2) as given (id text, events text) using (id))
        select run_no, id from made`,
        JSON.stringify(jobs.map(({ row }) => row)),
        JSON.stringify(jobs.map(({ id, events }) => ({ id, events }))),
      );
      const numbers = new Map(made.map(({ id, run_no }) => [id, run_no]));
      for (const { id, fold } of jobs) {
        const runNo = numbers.get(id);
        if (runNo !== undefined) folds.keep(id, { ...fold, runNo });
      }
      return ({ id }) => numbers.has(id);
    },
  );

  const claim = sharing<{ id: string; digest: string; hmac: string | null }>(
    ({ id }) => id,
    async (jobs) => {
      const rows = await ask<{ id: string }>(
        `update runs set submission_digest = given.digest, number_hmac = given.hmac, ${lease}
        from json_to_recordset($1) as given (id text, digest text, hmac text)
        where runs.id = given.id and submission_digest is null and phase <> 'ended' returning runs.id`,
        JSON.stringify(jobs),
        instance,
      );
      const claimed = new Set(rows.map(({ id }) => id));
      return ({ id }) => claimed.has(id);
    },
  );

  const keyOf = ({ profile, code }: { profile: string; code: string }) => `${profile} ${code}`;
  const spend = sharing<{ profile: string; code: string }>(keyOf, async (jobs) => {
    const rows = await ask<{ profile: string; code: string }>(
      `insert into spent_codes (profile_id, code_digest, spent_at) select profile, code, ${NOW}
      from json_to_recordset($1) as given (profile text, code text)
      on conflict do nothing returning profile_id as profile, code_digest as code`,
      JSON.stringify(jobs),
    );
    const spent = new Set(rows.map(keyOf));
    return (job) => spent.has(keyOf(job));
  });

  const append = sharing<{ id: string; before: Fold; events: readonly RunEvent[]; text: string }>(
    ({ id }) => id,
    async (jobs) => {
      const known = jobs.map((job) => ({
        ...job,
        after: { ...job.before, ...foldedWith(job.before, job.events) },
      }));
      const rows = await ask<{ run_no: number }>(
        `with given as (select * from json_to_recordset($1) as given (run_no bigint, revision text, next text,
          phase text, hops integer, sequence integer, events text)),
        changed as (update runs set phase = given.phase, hops = given.hops, revision = given.next, ${lease}
          from given where runs.run_no = given.run_no and runs.revision = given.revision returning runs.run_no),
        noted as (insert into run_events (run_no, sequence, events)
          select run_no, sequence, events from changed join given using (run_no))
        select run_no from changed`,
        JSON.stringify(
          known.map(({ before, after, events, text }) => ({
            ...{ run_no: before.runNo, revision: before.revision, next: after.revision },
            ...{ ...flightColumns(after.run), sequence: events[0]?.sequence, events: text },
          })),
        ),
        instance,
      );
      const changed = new Set(rows.map(({ run_no }) => run_no));
      for (const { id, after } of known) if (changed.has(after.runNo)) folds.keep(id, after);
      return ({ before }) => changed.has(before.runNo);
    },
  );

  return {
    async create(created, requestDigest) {
      const run = runFrom(JSON.parse(created));
      const { id } = run;
      const revision = randomUUID();
      const received_at = run.events[0]?.at ?? 0;
      const row = { ...columnsOf(run), id, received_at, request_digest: requestDigest, revision };
      return create({ id, row, events: created, fold: { runNo: 0, revision, last: 1, run } });
    },
    claim: (id, digest, hmac) => claim({ id, digest, hmac }),
    spend: (profile, code) => spend({ profile, code }),
    async append(id, text) {
      const events: RunEvent[] = JSON.parse(text);
      const before = folds.get(id);
      const isNew = before && events.length > 0 && events.every(({ sequence }) => sequence > before.last);
      return isNew ? append({ id, before, events, text }) : false;
    },
  };
}
