import { setImmediate as afterOthers } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';

import type { RunStore } from '../run-store.ts';
import { answerFrom } from './coverage-answer.ts';
import { createCoverageCopy } from './coverage-copy.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/** Cells read at once: others have their turn in between. */
const PAGE = 1000;

export interface CoverageReads extends Pick<RunStore, 'coverage'> {
  /** Reads the cells ahead of the first question. */
  warm(): Promise<void>;
}

/** Answers from a copy of the cells, brought up to date before each answer by what changed since. */
export function createCoverageReads(db: Kysely<Tables>, dialect: SqlDialect): CoverageReads {
  const { copy, put } = createCoverageCopy();
  let seen = 0;
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  const catchUp = async () => {
    // Asked first: what is under way now may be committed behind the place where reading is by then.
    const { rows } = await sql<{ from: number }>`select ${dialect.changesFrom} as "from"`.execute(db);
    for (let [stamp, cellNo] = [seen, 0]; ; ) {
      const cells = await db
        .selectFrom('cells')
        .selectAll()
        .where(sql<boolean>`(stamp, cell_no) > (${stamp}, ${cellNo})`)
        .orderBy('stamp')
        .orderBy('cell_no')
        .limit(PAGE)
        .execute();
      put(cells);
      const last = cells.at(-1);
      if (!last || cells.length < PAGE) break;
      [stamp, cellNo] = [last.stamp, last.cell_no];
      await afterOthers();
    }
    seen = rows[0]?.from ?? seen;
  };
  /** Whoever comes while one is under way waits for the one after it, with all who do. */
  const upToDate = () => {
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        running = catchUp();
        return running;
      });
    return next;
  };
  return {
    async coverage(query) {
      await upToDate();
      return answerFrom(copy, query);
    },
    warm: upToDate,
  };
}
