import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { applyRunEvent, type RunEvent } from '#protocol/run-events.ts';

import { countRun } from './cells.ts';
import { eventsOf, insertEvents } from './event-rows.ts';
import type { Fold, KeptFolds } from './kept-folds.ts';
import { columnsOf, endColumns, flightColumns, runFrom } from './run-columns.ts';
import type { RunWrites } from './run-writes.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';
import { updateRun } from './write-rows.ts';

/** Adds to what is known of the run already, and reads it from the database where that is not the newest or not all new. */
export function createAppend(db: Kysely<Tables>, dialect: SqlDialect, folds: KeptFolds): RunWrites['append'] {
  const carryOn = async (id: string, before: Fold, fresh: readonly RunEvent[], text: string) => {
    const { runNo } = before;
    const run = fresh.reduce(applyRunEvent, before.run);
    const columns = run.phase === 'ended' ? columnsOf(run) : null;
    const revision = randomUUID();
    const changes = { ...(columns ? endColumns(columns) : flightColumns(run)), revision };
    if (!(await updateRun(db, before, changes))) return false;
    await insertEvents(db, runNo, fresh[0]?.sequence ?? before.last + 1, text);
    if (columns && before.run.phase !== 'ended') await countRun(db, dialect, { id, runNo }, columns);
    if (columns) folds.drop(id);
    else folds.keep(id, { runNo, revision, last: fresh.at(-1)?.sequence ?? before.last, run });
    return true;
  };
  return async (id, text) => {
    const events: RunEvent[] = JSON.parse(text);
    const kept = folds.get(id);
    if (kept && areNew(events, kept) && (await carryOn(id, kept, events, text))) return;
    const stored = await foldOf(db, dialect, id);
    await refuseOthers(db, stored, events);
    const fresh = events.filter(({ sequence }) => sequence > stored.last);
    if (fresh.length === 0) return;
    if (!(await carryOn(id, stored, fresh, JSON.stringify(fresh)))) throw takenOver();
  };
}

function areNew(events: readonly RunEvent[], { last }: Fold): boolean {
  return events.length > 0 && events.every(({ sequence }) => sequence > last);
}

/** By all of its events, from the database, which keeps others from adding to them. */
async function foldOf(db: Kysely<Tables>, dialect: SqlDialect, id: string): Promise<Fold> {
  const row = await db
    .selectFrom('runs')
    .select(['run_no', 'imported_at', 'revision'])
    .where('id', '=', id)
    .modifyEnd(dialect.holdRow)
    .executeTakeFirst();
  if (!row) throw unknownRun();
  if (row.imported_at !== null) throw new TypeError('An imported run is not carried on');
  const events = await eventsOf(db, row.run_no);
  const last = events.at(-1)?.sequence ?? 0;
  return { runNo: row.run_no, revision: row.revision, last, run: runFrom(events) };
}

/** What is appended again has to be what is there. */
async function refuseOthers(db: Kysely<Tables>, before: Fold, events: readonly RunEvent[]): Promise<void> {
  const again = events.filter(({ sequence }) => sequence <= before.last);
  const stored = again.length === 0 ? [] : await eventsOf(db, before.runNo);
  for (const event of again) {
    const there = stored.find(({ sequence }) => sequence === event.sequence);
    if (JSON.stringify(there) !== JSON.stringify(event)) throw takenOver();
  }
}

export const unknownRun = () => new TypeError('A run is created before anything else is done with it');

/** A process that was away for longer than its lease comes back to a run that another one has ended. */
const takenOver = () => new Error('Another process has carried this run on');
