import { createBatches, type Outcome } from '../batches.ts';
import type { KnownRuns } from '../database/known-runs.ts';
import { KEPT_BESIDE, type ReadRow, storedFrom } from '../database/run-reads.ts';
import type { StoredRun } from '../run-store.ts';
import type { Ask } from './ask.ts';

/**
 * Runs at once at most: each is some twenty kilobytes. Imported ones may be of megabytes, but are read for files, of which
 * each caller has so many a minute. With 16, fifty verifications at once waited a millisecond longer.
 */
const LARGEST = 64;

type Row = ReadRow & { id: string; run_no: number; revision: string };

/**
 * Reads runs, those that are asked for meanwhile together. What is in flight is known from then on: whoever reads such a
 * run is about to write to it.
 */
export function createSharedReads(ask: Ask, runs: KnownRuns): (id: string) => Promise<StoredRun | null> {
  const batch = createBatches<string>(async (ids) => {
    const rows = await ask<Row>(
      `select id, run_no, revision, ${KEPT_BESIDE.join()}, events
      from runs join run_events using (run_no) where id = any($1) order by run_no, sequence`,
      [...new Set(ids)],
    );
    const byId = Map.groupBy(rows, ({ id }) => id);
    return ids.map((id) => outcomeOf(() => storedAndKnown(id, byId.get(id) ?? [], runs)));
  }, LARGEST);
  return (id) => batch<StoredRun | null>(id);
}

function storedAndKnown(id: string, rows: readonly Row[], runs: KnownRuns): StoredRun | null {
  const stored = storedFrom(rows);
  const [row] = rows;
  const last = stored?.events.at(-1)?.sequence ?? 0;
  // What this process wrote meanwhile is newer than what it read.
  if (row && stored?.run.phase !== 'ended' && last >= (runs.get(id)?.last ?? 0))
    runs.keep(id, { runNo: row.run_no, revision: row.revision, last });
  return stored;
}

/** A run that cannot be read is not another's trouble. */
function outcomeOf(work: () => StoredRun | null): Outcome {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}
