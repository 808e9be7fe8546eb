import type { Run } from '#protocol/run.ts';

import { openJournal } from '../store/run-journal.ts';
import { type CarryTools, carryFromChainEnd } from './carry-run.ts';

/**
 * Ends a run whose process is gone, by the last thing it committed: `unknown` if a request may have reached the
 * operator, else `interrupted`. Its code is not sent again. Never rejects.
 */
export async function closeExpiredRun(run: Run, tools: CarryTools): Promise<void> {
  if (run.chainEnd === null) {
    const chainEnd = { kind: 'interrupted', url: null, atMs: 0 } as const;
    return carryFromChainEnd(run, { hops: [], chainEnd, failure: null }, null, tools).done;
  }
  try {
    const journal = openJournal(run, tools.store, tools.publish);
    for (const { name } of run.legs.filter(({ outcome }) => outcome === 'running')) {
      journal.add({ type: 'leg', leg: name, outcome: 'unknown', startedAtMs: null, durationMs: null });
    }
    await journal.end(mayHaveSent(run) ? 'unknown' : 'interrupted', null);
  } catch (error) {
    tools.reportBug(error, run.id);
  }
}

function mayHaveSent({ legs }: Run): boolean {
  return legs.some(
    ({ name, outcome, exchanges }) =>
      (name !== 'authorize' && outcome === 'running') || exchanges.some(({ sent }) => sent !== 'no'),
  );
}
