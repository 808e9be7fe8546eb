import { CONDITION_NAMES, NOT_STATED } from '#protocol/condition-names.ts';
import type { RunFilter, RunSummary, RunsReply } from '#protocol/history-api.ts';
import { searchTextOf, searchWords, summaryOf } from '#protocol/run-summary.ts';

import type { StoredRun } from './run-store.ts';

const SAME_NAME = ['verdict', 'leg', 'failure', 'cause', 'origin', 'expected'] as const;

/** A page of runs that are all in memory: made into lines, filtered and sorted anew for each. */
export function pageOf(
  runs: Iterable<StoredRun>,
  filter: RunFilter,
  cursor: string | null,
  limit: number,
): RunsReply {
  const [before = '', beforeId = ''] = cursor?.split('_') ?? [];
  const isAfterCursor = ({ startedAt, id }: RunSummary) =>
    cursor === null || startedAt < Number(before) || (startedAt === Number(before) && id < beforeId);
  const found = linesOf(runs, filter).filter(isAfterCursor);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { runs: page, next: last ? `${last.startedAt}_${last.id}` : null };
}

/** The lines of the runs that the filter lets through, the newest first. */
export function linesOf(runs: Iterable<StoredRun>, filter: RunFilter): RunSummary[] {
  const { words, ids } = searchWords(filter.text ?? '');
  return [...runs]
    .filter(({ run }) => ids.every((id) => id === run.id || id === run.correlationId))
    .map(({ run, pinned, reference, importedAt }) => ({
      run,
      line: summaryOf(run, { pinned, reference, importedAt }),
    }))
    .filter(({ run, line }) => {
      const text = words.length === 0 ? '' : searchTextOf({ ...run, origin: line.origin });
      return words.every((word) => text.includes(word));
    })
    .map(({ line }) => line)
    .filter((line) => matches(line, filter))
    .sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
}

function matches(line: RunSummary, filter: RunFilter): boolean {
  return (
    SAME_NAME.every((name) => filter[name] === undefined || filter[name] === line[name]) &&
    CONDITION_NAMES.every((name) => isValue(line.conditions[name], filter[name])) &&
    (filter.profile === undefined || filter.profile === line.profileId) &&
    (filter.fromDay === undefined || line.localDay >= filter.fromDay) &&
    (filter.toDay === undefined || line.localDay <= filter.toDay)
  );
}

function isValue(value: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined || value === (wanted === NOT_STATED ? undefined : wanted);
}
