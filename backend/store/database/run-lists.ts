import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { CONDITION_NAMES } from '#protocol/condition-names.ts';
import { CoverageFilter, LATENCY_RUNS } from '#protocol/coverage-api.ts';
import { COUNT_LIMIT, type RunFilter } from '#protocol/history-api.ts';

import { latencyOf } from '../latency.ts';
import type { RunStore } from '../run-store.ts';
import type { FindInCells } from './coverage-reads.ts';
import { SUMMARY_COLUMNS, summaryFrom } from './run-columns.ts';
import { filtered } from './run-filters.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

export type RunLists = Pick<RunStore, 'list' | 'count' | 'latency'>;

const IN_FLIGHT = sql<boolean>`phase <> 'ended'`;
/** What cells are told apart by, and filters may name. */
const OF_CELLS = new Set<string>(Object.keys(CoverageFilter.shape));

/**
 * The newest runs of a filter. Where the cells say that they are few they are looked up by their cells: in the order of
 * all runs one would go through a million to find them. Runs in flight are in no cell and asked for first, so that one
 * which ends meanwhile is found at least once.
 */
export function createRunLists(db: Kysely<Tables>, dialect: SqlDialect, find: FindInCells): RunLists {
  return {
    async list(filter, cursor, limit) {
      const page = async (where?: typeof IN_FLIGHT) => {
        let query = await filtered(db.selectFrom('runs').select(SUMMARY_COLUMNS), filter, db, dialect);
        if (where) query = query.where(where);
        if (cursor !== null) {
          const [startedAt, id] = cursor.split('_') as [string, string];
          query = query.where(sql<boolean>`(started_at, id) < (${Number(startedAt)}, ${id})`);
        }
        return newest(query, limit + 1);
      };
      const bySome = isByConditions(filter) && !filter.text;
      const flying = bySome ? await page(IN_FLIGHT) : [];
      const cells = bySome ? (await find(filter))?.cells : null;
      const found = cells ? merged(flying, await page(dialect.inCells(cells))) : await page();
      const runs = found.slice(0, limit).map(summaryFrom);
      const last = found.length > limit ? runs.at(-1) : undefined;
      return { runs, next: last ? `${last.startedAt}_${last.id}` : null };
    },
    async count(filter) {
      const counted = async (where?: typeof IN_FLIGHT) => {
        let query = await filtered(
          db.selectFrom('runs').select(sql<number>`1`.as('one')),
          filter,
          db,
          dialect,
        );
        if (where) query = query.where(where);
        const { runs } = await db
          .selectFrom(query.limit(COUNT_LIMIT + 1).as('found'))
          .select(sql<number>`count(*)`.as('runs'))
          .executeTakeFirstOrThrow();
        return runs;
      };
      const isOfCells = isByConditions(filter) && Object.keys(filter).every((name) => OF_CELLS.has(name));
      const flying = isOfCells ? await counted(IN_FLIGHT) : 0;
      const ended = isOfCells ? await find(filter) : null;
      const runs = ended ? flying + ended.runs : await counted();
      return { runs: Math.min(runs, COUNT_LIMIT), more: runs > COUNT_LIMIT };
    },
    async latency(filter) {
      const cells = isByConditions(filter) ? (await find(filter))?.cells : null;
      const finished = db.selectFrom('runs').select('timings').where('timings', 'is not', null);
      const query = await filtered(finished, filter, db, dialect);
      const rows = await newest(cells ? query.where(dialect.inCells(cells)) : query, LATENCY_RUNS);
      return latencyOf(rows.map(({ timings }) => JSON.parse(timings ?? '')));
    },
  };
}

/** One value alone has an index, or is found often enough in the order of all runs. */
function isByConditions(filter: RunFilter): boolean {
  return [...CONDITION_NAMES, 'profile' as const, 'fromDay' as const, 'toDay' as const].some(
    (name) => filter[name] !== undefined,
  );
}

function newest<O>(query: SelectQueryBuilder<Tables, 'runs', O>, limit: number): Promise<O[]> {
  return query.orderBy('started_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

type Placed = { id: string; started_at: number };

/** In one order; who ended between the two questions is in both, as it was and as it is. */
function merged<R extends Placed>(flying: readonly R[], ended: readonly R[]): R[] {
  const over = new Set(ended.map(({ id }) => id));
  return [...flying.filter(({ id }) => !over.has(id)), ...ended].sort(
    (a, b) => b.started_at - a.started_at || (a.id < b.id ? 1 : -1),
  );
}
