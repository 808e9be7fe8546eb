import type { Kysely } from 'kysely';
import type { RunEvent } from '#protocol/run-events.ts';

import type { Addition } from './addition.ts';
import { countRun } from './cells.ts';
import { eventsOf, insertEvents } from './event-rows.ts';
import type { Known, KnownRuns } from './known-runs.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';
import { type Changes, updateRun } from './write-rows.ts';

/** Adds events to a run that is as `before` says; false, and nothing done, where it is not. */
export type AddTo = (before: Known, addition: Addition, changes?: Changes) => Promise<boolean>;

export function createAddTo(db: Kysely<Tables>, dialect: SqlDialect, runs: KnownRuns): AddTo {
  return async (before, { id, first, last, revision, events, columns, counted }, changes = {}) => {
    const { runNo } = before;
    if (!(await updateRun(db, before, { ...columns, ...changes, revision }))) return false;
    await insertEvents(db, runNo, first, events);
    if (counted) await countRun(db, dialect, { id, runNo }, counted);
    if (columns.phase === 'ended') runs.drop(id);
    else runs.keep(id, { runNo, revision, last });
    return true;
  };
}

/** Adds to what is known of the run already, and looks into the database where that is not the newest or not all new. */
export function createAppend(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  runs: KnownRuns,
): (addition: Addition) => Promise<void> {
  const addTo = createAddTo(db, dialect, runs);
  return async (addition) => {
    const known = runs.get(addition.id);
    if (known && addition.first === known.last + 1 && (await addTo(known, addition))) return;
    const stored = await storedRun(db, dialect, addition.id);
    const events: RunEvent[] = JSON.parse(addition.events);
    refuseOthers(stored.events, events);
    const fresh = events.filter(({ sequence }) => sequence > stored.last);
    const [first] = fresh;
    if (!first) return;
    // What came before these was taken back, with the claim it came with.
    if (first.sequence !== stored.last + 1) throw takenOver();
    const rest = { ...addition, first: first.sequence, events: JSON.stringify(fresh) };
    // One that is over was counted then.
    if (!(await addTo(stored, stored.isOver ? { ...rest, counted: null } : rest))) throw takenOver();
  };
}

/** From the database, which keeps others from adding to it. */
async function storedRun(db: Kysely<Tables>, dialect: SqlDialect, id: string) {
  const row = await db
    .selectFrom('runs')
    .select(['run_no', 'imported_at', 'revision', 'phase'])
    .where('id', '=', id)
    .modifyEnd(dialect.holdRow)
    .executeTakeFirst();
  if (!row) throw unknownRun();
  if (row.imported_at !== null) throw new TypeError('An imported run is not carried on');
  const events = await eventsOf(db, row.run_no);
  const last = events.at(-1)?.sequence ?? 0;
  return { runNo: row.run_no, revision: row.revision, last, events, isOver: row.phase === 'ended' };
}

/** What is appended again has to be what is there. */
function refuseOthers(stored: readonly RunEvent[], events: readonly RunEvent[]): void {
  const last = stored.at(-1)?.sequence ?? 0;
  for (const event of events.filter(({ sequence }) => sequence <= last)) {
    const there = stored.find(({ sequence }) => sequence === event.sequence);
    if (JSON.stringify(there) !== JSON.stringify(event)) throw takenOver();
  }
}

export const unknownRun = () => new TypeError('A run is created before anything else is done with it');

/** A process that was away for longer than its lease comes back to a run that another one has ended. */
const takenOver = () => new Error('Another process has carried this run on');
