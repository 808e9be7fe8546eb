import { signal } from '@preact/signals';
import type { RunFilter, RunSummary } from '#protocol/history-api.ts';

import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import { addPage, changeRun, keepNear, type RunPage, refillPage } from './run-pages.ts';

const PAGE_SIZE = 50;

/** The list as far as it has been asked for. */
export interface HistoryList {
  pages: RunPage[];
  state: 'loading' | 'idle' | 'problem';
  problem: Problem | null;
  /** Runs were made since the first page was read. */
  outdated: boolean;
}

const EMPTY: HistoryList = { pages: [], state: 'loading', problem: null, outdated: false };

export const historyList = signal<HistoryList>(EMPTY);

let filter: RunFilter = {};
/** The page that could not be read. */
let missing: string | null = null;
/** Counts what was begun anew: an answer to an older question is nobody's. */
let question = 0;
const refilling = new Set<number>();

/** Reads the list anew from its top. Of the same filter, what is on show stays until the answer is there. */
export async function openList(wanted: RunFilter): Promise<void> {
  const same = JSON.stringify(wanted) === JSON.stringify(filter);
  filter = wanted;
  question += 1;
  refilling.clear();
  historyList.value = same
    ? { ...historyList.value, state: 'loading', outdated: false, problem: null }
    : EMPTY;
  await read(null, []);
}

/** The page after the last one, once there is reason to show it. */
export async function loadMore(): Promise<void> {
  const { pages, state } = historyList.value;
  const next = pages.at(-1)?.next;
  if (state !== 'idle' || !next) return;
  historyList.value = { ...historyList.value, state: 'loading' };
  await read(next, pages);
}

/** What could not be read, once more: the list from its top, or the page after the last. */
export async function retry(): Promise<void> {
  if (missing === null) return openList(filter);
  historyList.value = { ...historyList.value, state: 'idle', problem: null };
  await loadMore();
}

async function read(cursor: string | null, before: RunPage[]): Promise<void> {
  const asked = question;
  const reply = await askBackground({ type: 'list_runs', filter, cursor, limit: PAGE_SIZE });
  if (asked !== question) return;
  if (!reply.ok) missing = cursor;
  const now = historyList.value;
  const pages = before.length > 0 ? now.pages : [];
  historyList.value = reply.ok
    ? { ...now, pages: addPage(pages, cursor, reply.value), state: 'idle', problem: null }
    : { ...now, state: 'problem', problem: reply.problem };
}

/** What is near stays or is asked for again; what is far goes. */
export async function show(first: number, last: number): Promise<void> {
  const near = keepNear(historyList.value.pages, first, last);
  if (near !== historyList.value.pages) historyList.value = { ...historyList.value, pages: near };
  const asked = question;
  for (let at = first; at <= last; at += 1) {
    const page = near[at];
    if (!page || page.rows || refilling.has(at)) continue;
    refilling.add(at);
    const { cursor } = page;
    const reply = await askBackground({ type: 'list_runs', filter, cursor, limit: PAGE_SIZE });
    if (asked !== question) return;
    refilling.delete(at);
    if (!reply.ok) return;
    const { pages } = historyList.value;
    historyList.value = { ...historyList.value, pages: refillPage(pages, at, reply.value) };
  }
}

/** What was done to a run shows in its line at once; null takes the line away. */
export function changeLine(id: string, change: (run: RunSummary) => RunSummary | null): void {
  historyList.value = { ...historyList.value, pages: changeRun(historyList.value.pages, id, change) };
}

export function markOutdated(): void {
  if (historyList.value.pages.length > 0) historyList.value = { ...historyList.value, outdated: true };
}
