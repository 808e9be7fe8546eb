import type { RunFilter, RunSummary, RunsReply } from '#protocol/history-api.ts';
import type { Run } from '#protocol/run.ts';

import { askBackground } from './ask-background.ts';
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

interface Watching {
  signal: AbortSignal;
  onProgress: (done: number, total: number) => void;
}

/** Every run that the filter lets through, in the order of the list, or none of them. */
export async function gatherRuns(filter: RunFilter, most: number, watching: Watching): Promise<Gathered> {
  const lines: RunSummary[] = [];
  let cursor: string | null = null;
  do {
    const page: Reply<RunsReply> = await askBackground({
      type: 'list_runs',
      filter,
      cursor,
      limit: LINES_A_PAGE,
    });
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
  { signal, onProgress }: Watching,
): Promise<Gathered> {
  const kept: KeptRun[] = [];
  let gone = 0;
  for (let at = 0; at < lines.length; at += RECORDS_A_MESSAGE) {
    onProgress(at, lines.length);
    const some = lines.slice(at, at + RECORDS_A_MESSAGE);
    const reply = await askBackground({ type: 'read_runs', runIds: some.map(({ id }) => id) });
    if (signal.aborted) return { kind: 'cancelled' };
    if (!reply.ok) return { kind: 'problem', problem: reply.problem };
    const imported = new Set(some.flatMap(({ id, importedAt }) => (importedAt === null ? [] : [id])));
    kept.push(...reply.value.runs.map((run) => ({ run, imported: imported.has(run.id) })));
    gone += reply.value.gone.length;
  }
  onProgress(lines.length, lines.length);
  return { kind: 'whole', kept, gone };
}
