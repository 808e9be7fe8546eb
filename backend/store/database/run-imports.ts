import type { Kysely } from 'kysely';
import { digestInput } from '#protocol/exports/digest-input.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import type { RunStore } from '../run-store.ts';
import { countRun } from './cells.ts';
import { eventsOf, insertEvents } from './event-rows.ts';
import { columnsOf, recordFrom } from './run-columns.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';
import { insertRows } from './write-rows.ts';

export type RunImports = Pick<RunStore, 'importRun'>;

/** An imported run has neither a submission nor a lease, so nothing that carries runs on ever finds it. */
export function createRunImports(db: Kysely<Tables>, dialect: SqlDialect): RunImports {
  return {
    async importRun(run, digest, at) {
      if (run.phase !== 'ended') throw new TypeError('Only a run that has ended is imported');
      const columns = columnsOf(run, at);
      const row = {
        ...columns,
        id: run.id,
        received_at: at,
        imported_at: at,
        import_digest: digest,
        request_digest: '',
        revision: '',
      };
      const [inserted] = await insertRows<{ run_no: number }>(
        db,
        'runs',
        [row],
        'on conflict do nothing returning run_no',
      );
      if (!inserted) return (await isHere(db, run, digest)) ? 'already_here' : 'id_taken';
      const created: RunEvent = { type: 'created', sequence: 1, at, run };
      await insertEvents(db, inserted.run_no, 1, JSON.stringify([created]));
      await countRun(db, dialect, { id: run.id, runNo: inserted.run_no }, columns);
      return 'imported';
    },
  };
}

async function isHere(
  db: Kysely<Tables>,
  run: Parameters<RunStore['importRun']>[0],
  digest: string,
): Promise<boolean> {
  const there = await db
    .selectFrom('runs')
    .select(['run_no', 'imported_at'])
    .where(({ or, eb }) => or([eb('import_digest', '=', digest), eb('id', '=', run.id)]))
    .executeTakeFirst();
  const events = there ? await eventsOf(db, there.run_no) : [];
  return (
    events.length > 0 && digestInput(recordFrom(events, there?.imported_at ?? null)) === digestInput(run)
  );
}
