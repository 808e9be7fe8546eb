import { setImmediate as afterOthers } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { CoverageFilter } from '#protocol/coverage-api.ts';

import type { RunStore } from '../run-store.ts';
import { answerFrom, cellsWithin } from './coverage-answer.ts';
import { createCoverageCopy } from './coverage-copy.ts';
import { coverageOf } from './coverage-of-owner.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/** Cells read at once: others have their turn in between. */
const PAGE = 1000;

/** Up to so many cells each page read in is answered from: an engine compiles what has run often, and who asks first would wait for it. */
const REHEARSED = 10_000;

/** So many runs are found sooner by their cells than by going through all of them in order. */
const FEW = 3000;

export interface CoverageReads extends Pick<RunStore, 'coverage'> {
  /** Reads the cells ahead of the first question. */
  warm(): Promise<void>;
}

/** What the cells know of the ended runs within conditions, profile and days. */
export interface Found {
  runs: number;
  /** Between which times all of them began. */
  from: number;
  to: number;
  /** Where they are few: the numbers of their cells. */
  cells: number[] | null;
}

/** Null as long as the cells have not been read: nobody waits for that where there is another way. */
export type FindInCells = (filter: CoverageFilter) => Promise<Found | null>;

/** Answers from a copy of the cells, brought up to date before each answer by what changed since. */
export function createCoverageReads(
  db: Kysely<Tables>,
  dialect: SqlDialect,
): { coverage: CoverageReads; find: FindInCells } {
  const { copy, put } = createCoverageCopy();
  let seen = 0;
  let isWarm = false;
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
      if (!isWarm && copy.size <= REHEARSED) answerFrom(copy, { rows: 'operator', columns: 'day' });
      const last = cells.at(-1);
      if (!last || cells.length < PAGE) break;
      [stamp, cellNo] = [last.stamp, last.cell_no];
      await afterOthers();
    }
    seen = rows[0]?.from ?? seen;
    isWarm = true;
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
  const find: FindInCells = async (filter) => {
    if (!isWarm) return null;
    await upToDate();
    const places = cellsWithin(copy, filter);
    const found: Found = { runs: 0, from: Number.MAX_SAFE_INTEGER, to: Number.MIN_SAFE_INTEGER, cells: null };
    for (const at of places) {
      found.runs += copy.all[at] ?? 0;
      found.from = Math.min(found.from, copy.firstAt[at] ?? 0);
      found.to = Math.max(found.to, copy.newestAt[at] ?? 0);
    }
    if (found.runs <= FEW) found.cells = Array.from(places, (at) => copy.cellNos[at] ?? 0);
    return found;
  };
  const coverage: CoverageReads = {
    async coverage(query, whose = null) {
      if (whose !== null) return coverageOf(db, query, whose);
      await upToDate();
      return answerFrom(copy, query);
    },
    warm: upToDate,
  };
  return { coverage, find };
}
