import type { Addition, Claiming } from '../database/addition.ts';
import { COUNTERS } from '../database/cell-columns.ts';
import { ADDED_TO_CELL, cellRowOf, LAST } from '../database/cells.ts';
import type { Known, KnownRuns } from '../database/known-runs.ts';
import type { Ask } from './ask.ts';
import { sharing } from './sharing-batches.ts';

type Ended = NonNullable<Addition['counted']>;

interface End {
  before: Known;
  addition: Addition;
  ended: Ended;
  claiming: Claiming | null;
}

/** Ends a run; one that nobody has claimed yet is claimed with that. False, and nothing done, if it is not as it was known. */
export type EndRun = (addition: Addition, claiming?: Claiming | null) => Promise<boolean>;

/**
 * Ends runs that this process knows, those that end at the same time in one transaction. Runs under the same conditions
 * are counted in one row: one by one, each would wait until the disk has what the one before it did there.
 */
export function createEnding(ask: Ask, runs: KnownRuns): EndRun {
  const end = sharing<End>(
    ({ addition }) => addition.id,
    async (ends) => {
      const given = ends.map(({ before, addition, ended, claiming }) => ({
        ...addition.columns,
        ...{ run_no: before.runNo, was: before.revision, revision: addition.revision },
        ...{ digest: claiming?.digest ?? null, hmac: claiming?.numberHmac ?? null },
        ...{ sequence: addition.first, events: addition.events, cell: cellRowOf(addition.id, ended) },
      }));
      const numbers = await endAll(ask, given);
      for (const { addition } of ends) runs.drop(addition.id);
      return ({ before }) => numbers.has(before.runNo);
    },
  );
  return async (addition, claiming = null) => {
    const before = runs.get(addition.id);
    const ended = addition.counted;
    if (!before || !ended || addition.first !== before.last + 1 || claiming?.codeDigest) return false;
    return end({ before, addition, ended, claiming });
  };
}

type CellRow = ReturnType<typeof cellRowOf>;
type Given = Record<string, unknown> & { run_no: number; cell: CellRow };

const ENDING = `run_no bigint, was text, revision text, digest text, hmac text, sequence integer, events text, cell_key text, phase text,
  hops integer, expected text, verdict text, failure text, leg text, cause text, duration_ms double precision,
  timings text, search_text text`;
/** Two who count in several rows, each in an order of its own, would wait for each other. */
const ALONE = `select pg_advisory_xact_lock(hashtextextended('counting', 0))`;
const ENDED = [
  ...([
    'revision',
    'phase',
    'hops',
    'expected',
    'verdict',
    'failure',
    'leg',
    'cause',
    'duration_ms',
  ] as const),
  ...(['timings', 'search_text', 'cell_no'] as const),
];

/**
 * Counts them by their cells, each cell once, and ends them; returns the numbers of those that it ended. One statement is a
 * transaction by itself: it does nothing unless all are as they were known, and then tells which are.
 */
async function endAll(ask: Ask, given: readonly Given[]): Promise<Set<number>> {
  if (given.length === 0) return new Set();
  const cells = [...Map.groupBy(given, ({ cell }) => cell.cell_key).values()].map((its) =>
    added(its.map(({ cell }) => cell)),
  );
  const names = Object.keys(cells[0] ?? {}).join();
  const held = await ask<{ run_no: number }>(
    `with given as materialized (select * from json_to_recordset($1) as given (${ENDING})),
    held as materialized (select runs.run_no from given join runs using (run_no) where runs.revision = given.was
      and (given.digest is null or runs.submission_digest is null) for update of runs),
    alone as materialized (${ALONE} where (select count(*) from held) = $3::integer),
    counted as (insert into cells (${names}, stamp) select ${names}, pg_current_xact_id()::text::bigint
      from alone cross join json_populate_recordset(null::cells, $2) ${ADDED_TO_CELL}),
    changed as (update runs set ${ENDED.map((name) => `${name} = given_and_cell.${name}`).join()},
      submission_digest = coalesce(given_and_cell.digest, submission_digest),
      number_hmac = case when given_and_cell.digest is null then number_hmac else given_and_cell.hmac end
      from (select * from given join counted using (cell_key)) as given_and_cell
      where runs.run_no = given_and_cell.run_no returning runs.run_no),
    noted as (insert into run_events (run_no, sequence, events)
      select run_no, sequence, events from changed join given using (run_no))
    select run_no from held`,
    JSON.stringify(given.map(({ cell, ...one }) => ({ ...one, cell_key: cell.cell_key }))),
    JSON.stringify(cells),
    given.length,
  );
  const numbers = new Set(held.map(({ run_no }) => run_no));
  if (numbers.size === given.length) return numbers;
  // What somebody else has ended must not be counted with the others.
  return endAll(
    ask,
    given.filter(({ run_no }) => numbers.has(run_no)),
  );
}

function added([first, ...others]: readonly CellRow[]): CellRow {
  const sum = { ...(first as CellRow) };
  for (const one of others) {
    for (const name of COUNTERS) sum[name] += one[name];
    sum.first_at = Math.min(sum.first_at, one.first_at);
    sum.newest_at = Math.max(sum.newest_at, one.newest_at);
    if (isNewer(one, sum)) for (const name of LAST) Object.assign(sum, { [name]: one[name] });
  }
  return sum;
}

/** As the databases compare them: by when they began, then by id. */
function isNewer(one: CellRow, other: CellRow): boolean {
  if (one.last_at === null || other.last_at === null) return one.last_at !== null;
  return (
    one.last_at > other.last_at ||
    (one.last_at === other.last_at && (one.last_id ?? '') > (other.last_id ?? ''))
  );
}
