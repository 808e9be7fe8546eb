import { type Kysely, sql } from 'kysely';
import type { CoverageQuery } from '#protocol/coverage-api.ts';
import type { CoverageTable } from '#protocol/coverage-table.ts';

import { COUNTERS, countersOf, DIMENSION_COLUMNS } from './cell-columns.ts';
import { lastOf, NO_LAST } from './cells.ts';
import { answerFrom } from './coverage-answer.ts';
import { createCoverageCopy } from './coverage-copy.ts';
import type { Tables } from './tables.ts';

/**
 * The matrix of one owner's runs. The kept cells are everybody's and say nothing of owners, so these runs are counted
 * anew, each as a cell of its own: one person has thousands, not a million.
 */
export async function coverageOf(
  db: Kysely<Tables>,
  query: CoverageQuery,
  ownerId: string,
): Promise<CoverageTable> {
  const runs = await db
    .selectFrom('runs')
    .select(['run_no', 'id', 'started_at', 'origin', 'verdict', 'expected', 'leg', ...DIMENSION_COLUMNS])
    .select(sql<number>`case when timings is null then 0 else 1 end`.as('finished'))
    .where('owner_id', '=', ownerId)
    .where(sql<boolean>`phase = 'ended'`)
    .execute();
  const { copy, put } = createCoverageCopy();
  put(
    runs.map((run) => {
      const counters = countersOf(run);
      return {
        ...run,
        ...(Object.fromEntries(COUNTERS.map((name) => [name, counters.includes(name) ? 1 : 0])) as Record<
          (typeof COUNTERS)[number],
          number
        >),
        ...(run.finished === 1 ? lastOf(run) : NO_LAST),
        ...{ cell_no: run.run_no, stamp: 0, cell_key: run.id },
        ...{ first_at: run.started_at, newest_at: run.started_at },
      };
    }),
  );
  return answerFrom(copy, query);
}
