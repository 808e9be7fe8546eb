import type { RunSummary, RunsReply } from '#protocol/history-api.ts';

/**
 * One page of the list. Its rows are let go of once it is far from what is in sight; `count` says how much room it takes
 * until they are asked for again, from the same cursor.
 */
export interface RunPage {
  cursor: string | null;
  next: string | null;
  count: number;
  rows: RunSummary[] | null;
}

/** Pages on either side of what is in sight whose rows are kept; farther ones have to be asked for again. */
const KEPT = 8;

export function addPage(pages: readonly RunPage[], cursor: string | null, reply: RunsReply): RunPage[] {
  return [...pages, { cursor, next: reply.next, count: reply.runs.length, rows: reply.runs }];
}

/** A page asked for again. Where runs of it were deleted since, the reply reaches into the next page, whose rows stay there. */
export function refillPage(pages: readonly RunPage[], at: number, reply: RunsReply): RunPage[] {
  return pages.map((page, where) => {
    if (where !== at) return page;
    const end = page.next;
    const rows = end === null ? reply.runs : reply.runs.filter((run) => !isAfter(run, end));
    return { ...page, rows, count: rows.length };
  });
}

/** Lets go of what is far from the pages in sight. */
export function keepNear(pages: readonly RunPage[], first: number, last: number): RunPage[] {
  const far = (at: number) => at < first - KEPT || at > last + KEPT;
  if (!pages.some((page, at) => page.rows && far(at))) return pages as RunPage[];
  return pages.map((page, at) => (far(at) ? { ...page, rows: null } : page));
}

export function changeRun(
  pages: readonly RunPage[],
  id: string,
  change: (run: RunSummary) => RunSummary | null,
): RunPage[] {
  return pages.map((page) => {
    if (!page.rows?.some((run) => run.id === id)) return page;
    const rows = page.rows.flatMap((run) => (run.id === id ? (change(run) ?? []) : run));
    return { ...page, rows, count: rows.length };
  });
}

export function countOf(pages: readonly RunPage[]): number {
  return pages.reduce((sum, { count }) => sum + count, 0);
}

export interface Sight {
  /** The pages that are needed, as indexes; both included. */
  first: number;
  last: number;
  /** The rows to draw, counted over all pages; `to` is the first that is not. */
  from: number;
  to: number;
  /** How many rows there are before the first of those pages. */
  before: number;
}

/** Which rows to draw for what is scrolled into sight: those, and as many again above and below. */
export function inSight(pages: readonly RunPage[], rowHeight: number, top: number, height: number): Sight {
  const total = countOf(pages);
  const rows = Math.ceil(height / rowHeight);
  // Scrolled beyond the end, as the filter or a deletion may leave it: the last rows.
  const seen = Math.max(0, Math.min(Math.floor(top / rowHeight), total - rows));
  const from = Math.max(0, seen - rows);
  const to = Math.min(total, seen + 2 * rows);
  let before = 0;
  let first = 0;
  for (const { count } of pages.slice(0, -1)) {
    if (before + count > from) break;
    before += count;
    first += 1;
  }
  let last = first;
  for (let end = before + (pages[first]?.count ?? 0); end < to && last < pages.length - 1; last += 1) {
    end += pages[last + 1]?.count ?? 0;
  }
  return { first, last, from, to, before };
}

/** Whether a run comes after the one that a cursor names, in the order of the list. */
function isAfter({ startedAt, id }: RunSummary, cursor: string): boolean {
  const [at = '', cursorId = ''] = cursor.split('_');
  return startedAt < Number(at) || (startedAt === Number(at) && id < cursorId);
}
