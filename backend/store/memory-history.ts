import { CONDITION_NAMES } from '#protocol/condition-names.ts';
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
  const { words, ids } = searchWords(filter.text ?? '');
  const [before = '', beforeId = ''] = cursor?.split('_') ?? [];
  const isAfterCursor = ({ startedAt, id }: RunSummary) =>
    cursor === null || startedAt < Number(before) || (startedAt === Number(before) && id < beforeId);
  const found = [...runs]
    .filter(({ run }) => ids.every((id) => id === run.id || id === run.correlationId))
    .filter(({ run }) => words.length === 0 || words.every((word) => searchTextOf(run).includes(word)))
    .map(({ run, pinned }) => summaryOf(run, pinned))
    .filter((line) => isAfterCursor(line) && matches(line, filter))
    .sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { runs: page, next: last ? `${last.startedAt}_${last.id}` : null };
}

function matches(line: RunSummary, filter: RunFilter): boolean {
  return (
    SAME_NAME.every((name) => filter[name] === undefined || filter[name] === line[name]) &&
    CONDITION_NAMES.every((name) => filter[name] === undefined || filter[name] === line.conditions[name]) &&
    (filter.profile === undefined || filter.profile === line.profileId) &&
    (filter.fromDay === undefined || line.localDay >= filter.fromDay) &&
    (filter.toDay === undefined || line.localDay <= filter.toDay)
  );
}
