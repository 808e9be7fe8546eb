import type { RunFilter, RunSummary, RunsReply } from '#protocol/history-api.ts';
import type { Run } from '#protocol/run.ts';

import { askBackground } from './ask-background.ts';
import { askInTurn, type Turn } from './ask-in-turn.ts';
import type { Problem } from './messages.ts';
import { RECORDS_A_MESSAGE } from './records-a-message.ts';
import type { Reply } from './replies.ts';

const LINES_A_PAGE = 200;

/** A kept run, with what is known of it beside its record. */
export interface KeptRun {
  run: Run;
  imported: boolean;
}

export type Gathered =
  | { kind: 'whole'; kept: KeptRun[]; gone: number }
  | { kind: 'too_many' }
  | { kind: 'cancelled' }
  | { kind: 'problem'; problem: Problem };

interface Watching extends Turn {
  onProgress: (done: number, total: number) => void;
}

/** Every run that the filter lets through, in the order of the list, or none of them. */
export async function gatherRuns(filter: RunFilter, most: number, watching: Watching): Promise<Gathered> {
  const lines: RunSummary[] = [];
  let cursor: string | null = null;
  do {
    const from: string | null = cursor;
    const page: Reply<RunsReply> = await askInTurn(
      () => askBackground({ type: 'list_runs', filter, cursor: from, limit: LINES_A_PAGE }),
      watching,
    );
    if (watching.signal.aborted) return { kind: 'cancelled' };
    if (!page.ok) return { kind: 'problem', problem: page.problem };
    lines.push(...page.value.runs);
    if (lines.length > most) return { kind: 'too_many' };
    cursor = page.value.next;
  } while (cursor !== null);
  return gatherRecords(lines, watching);
}

/** The records of these lines, as they are now; a run that was deleted since is counted, not passed over in silence. */
export async function gatherRecords(
  lines: readonly Pick<RunSummary, 'id' | 'importedAt'>[],
  watching: Watching,
): Promise<Gathered> {
  const { signal, onProgress } = watching;
  const found = new Map<string, Run>();
  let left = lines.map(({ id }) => id);
  while (left.length > 0) {
    onProgress(lines.length - left.length, lines.length);
    const runIds = left.slice(0, RECORDS_A_MESSAGE);
    const reply = await askInTurn(() => askBackground({ type: 'read_runs', runIds }), watching);
    if (signal.aborted) return { kind: 'cancelled' };
    if (!reply.ok) return { kind: 'problem', problem: reply.problem };
    const { runs, gone } = reply.value;
    for (const run of runs) found.set(run.id, run);
    const known = new Set([...gone, ...runs.map(({ id }) => id)]);
    // Whoever answers with other runs than were asked for would be asked for ever.
    if (!runIds.some((id) => known.has(id)))
      return { kind: 'problem', problem: { code: 'backend_not_ours', detail: null } };
    left = left.filter((id) => !known.has(id));
  }
  onProgress(lines.length, lines.length);
  const kept = lines.flatMap(({ id, importedAt }) => {
    const run = found.get(id);
    return run ? [{ run, imported: importedAt !== null }] : [];
  });
  return { kind: 'whole', kept, gone: lines.length - kept.length };
}
