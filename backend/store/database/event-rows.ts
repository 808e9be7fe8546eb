import type { Kysely } from 'kysely';
import type { RunEvent } from '#protocol/run-events.ts';

import type { Whose } from '../run-store.ts';
import { runKnown } from './known-statement.ts';
import type { Tables } from './tables.ts';
import { insertRows } from './write-rows.ts';

/** What was added together is one row; `sequence` is that of the first. */
export async function insertEvents(
  db: Kysely<Tables>,
  runNo: number,
  sequence: number,
  events: string,
): Promise<void> {
  await insertRows(db, 'run_events', [{ run_no: runNo, sequence, events }]);
}

export async function eventsOf(db: Kysely<Tables>, runNo: number): Promise<RunEvent[]> {
  const select = () =>
    db.selectFrom('run_events').select('events').where('run_no', '=', 0).orderBy('sequence').compile().sql;
  const rows = await runKnown<{ events: string }>(db, 'events', select, [runNo]);
  return rows.flatMap(({ events }) => JSON.parse(events));
}

/** Takes the number out of so many runs that have it; returns how many there were. Its mask stands in the creation and nowhere else. */
export async function takeNumberOut(
  db: Kysely<Tables>,
  numberHmac: string,
  whose: Whose,
  limit: number,
): Promise<number> {
  const found = db
    .selectFrom('runs')
    .innerJoin('run_events', 'run_events.run_no', 'runs.run_no')
    .select(['runs.run_no', 'run_events.events'])
    .where('runs.number_hmac', '=', numberHmac)
    .where('run_events.sequence', '=', 1)
    .limit(limit);
  const runs = await (whose === null ? found : found.where('runs.owner_id', '=', whose)).execute();
  for (const { run_no, events } of runs) {
    await db
      .updateTable('run_events')
      .set({ events: withoutNumber(events) })
      .where('run_no', '=', run_no)
      .where('sequence', '=', 1)
      .execute();
    await db
      .updateTable('runs')
      .set({ mask: null, number_hmac: null })
      .where('run_no', '=', run_no)
      .execute();
  }
  return runs.length;
}

function withoutNumber(stored: string): string {
  const events: RunEvent[] = JSON.parse(stored);
  return JSON.stringify(
    events.map((event) =>
      event.type === 'created' ? { ...event, run: { ...event.run, number: null } } : event,
    ),
  );
}
