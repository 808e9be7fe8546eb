import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { CONDITION_NAMES } from '#protocol/condition-names.ts';
import { CoverageFilter, LATENCY_RUNS } from '#protocol/coverage-api.ts';
import { COUNT_LIMIT, type RunFilter } from '#protocol/history-api.ts';

import { latencyOf } from '../latency.ts';
import type { RunStore, Whose } from '../run-store.ts';
import type { FindInCells, Found } from './coverage-reads.ts';
import { SUMMARY_COLUMNS, summaryFrom } from './run-columns.ts';
import { filtered } from './run-filters.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

export type RunLists = Pick<RunStore, 'list' | 'count' | 'latency'>;

type Runs<O> = SelectQueryBuilder<Tables, 'runs', O>;
/** Among which runs a filter is looked for. */
type Within = 'flight' | 'ended' | Found;

const IN_FLIGHT = sql<boolean>`phase <> 'ended'`;
/** Spelt as the indexes of ended runs have it. */
const ENDED = sql<boolean>`phase = 'ended'`;
/** What cells are told apart by, and filters may name. */
const OF_CELLS = new Set<string>(Object.keys(CoverageFilter.shape));

/**
 * The newest runs of a filter. Where the cells say that they are few they are looked up by their cells: in the order of
 * all runs one would go through a million to find them. Runs in flight are in no cell and in no index; they are asked
 * for first, so that one which ends meanwhile is found at least once.
 */
export function createRunLists(db: Kysely<Tables>, dialect: SqlDialect, find: FindInCells): RunLists {
  // Through the whole table rather than through an index that has all ended runs, in an order of its own.
  const anyEnded = sql<boolean>`${dialect.unindexed('phase')} = 'ended'`;
  const narrowed = async <O>(
    query: Runs<O>,
    filter: RunFilter,
    within: Within,
    whose: Whose,
    isUnordered = false,
  ): Promise<Runs<O>> => {
    const isOfEnded = within !== 'flight';
    const theirs = whose === null ? query : query.where('owner_id', '=', whose);
    const rest = await filtered(theirs, filter, db, dialect, isOfEnded, isShort(within));
    const phase = rest.where(isOfEnded ? (isUnordered ? anyEnded : ENDED) : IN_FLIGHT);
    if (typeof within === 'string') return phase;
    if (within.cells) return phase.where(dialect.inCells(within.cells));
    return phase.where('started_at', '>=', within.from).where('started_at', '<=', within.to);
  };
  const newest = <O>(query: Runs<O>, limit: number, within: Within): Promise<O[]> => {
    const order = (name: string) => (isShort(within) ? dialect.unindexed(name) : sql.ref(name));
    return query.orderBy(order('started_at'), 'desc').orderBy(order('id'), 'desc').limit(limit).execute();
  };
  return {
    async list(filter, cursor, limit, whose = null) {
      const page = async (within: Within) => {
        let query = await narrowed(db.selectFrom('runs').select(SUMMARY_COLUMNS), filter, within, whose);
        if (cursor !== null) {
          const [startedAt, id] = cursor.split('_') as [string, string];
          query = query.where(sql<boolean>`(started_at, id) < (${Number(startedAt)}, ${id})`);
        }
        return newest(query, limit + 1, within);
      };
      const flying = await page('flight');
      const isGuided = isByConditions(filter) && !filter.text && whose === null;
      const ended = await page((isGuided && (await find(filter))) || 'ended');
      const found = merged(flying, ended);
      const runs = found.slice(0, limit).map(summaryFrom);
      const last = found.length > limit ? runs.at(-1) : undefined;
      return { runs, next: last ? `${last.startedAt}_${last.id}` : null };
    },
    async count(filter, whose = null) {
      const ones = (within: Within) =>
        narrowed(
          db.selectFrom('runs').select(sql<number>`1`.as('one')),
          filter,
          within,
          whose,
          isByTextAlone(filter),
        );
      const counted = async (query: Runs<{ one: number }>) => {
        const { runs } = await db
          .selectFrom(query.limit(COUNT_LIMIT + 1).as('found'))
          .select(sql<number>`count(*)`.as('runs'))
          .executeTakeFirstOrThrow();
        return runs;
      };
      const flying = await ones('flight');
      const isOfCells =
        whose === null && isByConditions(filter) && Object.keys(filter).every((name) => OF_CELLS.has(name));
      const inFlight = isOfCells ? await counted(flying) : 0;
      const found = isOfCells ? await find(filter) : null;
      const runs = found ? inFlight + found.runs : await counted(flying.unionAll(await ones('ended')));
      return { runs: Math.min(runs, COUNT_LIMIT), more: runs > COUNT_LIMIT };
    },
    async latency(filter, whose = null) {
      const within = (whose === null && isByConditions(filter) && (await find(filter))) || 'ended';
      const finished = db.selectFrom('runs').select('timings').where('timings', 'is not', null);
      const rows = await newest(await narrowed(finished, filter, within, whose), LATENCY_RUNS, within);
      return latencyOf(rows.map(({ timings }) => JSON.parse(timings ?? '')));
    },
  };
}

/** Whether it is gone through whole, since it is short, and in no order. */
const isShort = (within: Within) => within === 'flight' || (within !== 'ended' && within.cells !== null);

const isByTextAlone = (filter: RunFilter) => Object.keys(filter).join() === 'text';

/** What the cells can say something of. */
function isByConditions(filter: RunFilter): boolean {
  return [...CONDITION_NAMES, 'profile' as const, 'fromDay' as const, 'toDay' as const].some(
    (name) => filter[name] !== undefined,
  );
}

type Placed = { id: string; started_at: number };

/** In one order; who ended between the two questions is in both, as it was and as it is. */
function merged<R extends Placed>(flying: readonly R[], ended: readonly R[]): R[] {
  const over = new Set(ended.map(({ id }) => id));
  return [...flying.filter(({ id }) => !over.has(id)), ...ended].sort(
    (a, b) => b.started_at - a.started_at || (a.id < b.id ? 1 : -1),
  );
}
