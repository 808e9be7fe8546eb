import type { Run } from '../run.ts';
import { type ExportContext, isoTime, isPartial, profileHashOf, TOOL_NAME } from './export-context.ts';
import { exchangeEntry, type HarEntry, hopEntry } from './har-entry.ts';
import { redactRun } from './redact-run.ts';

/**
 * HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/): a page a run, an entry for every hop and exchange in their
 * order, so that no redirect is lost. What HAR has no member for stands in members that begin with `_`, as the format
 * allows; together they are the whole run.
 */
export function exportHar(runs: readonly Run[], context: ExportContext): string {
  const redacted = runs.map((run) => redactRun(run));
  const log = {
    version: '1.2',
    creator: { name: TOOL_NAME, version: context.toolVersion },
    browser: { name: context.browser.name, version: context.browser.version },
    pages: redacted.map((run, at) => pageOf(run, pageId(at), context)),
    entries: redacted.flatMap((run, at) => entriesOf(run, pageId(at))),
    comment: `${runs.length} runs. Redacted: ‹name:1› stands for a value that is not recorded.`,
    _exportedAt: isoTime(context.exportedAt),
    _timeZone: context.timeZone,
    _filter: context.filter,
    _runs: runs.length,
  };
  return `${JSON.stringify({ log }, null, 1)}\n`;
}

/** Not the run's id, which stands in `_runId`: ids of pages have to differ, also if a run is in the file twice. */
function pageId(at: number): string {
  return `page_${at + 1}`;
}

/** Hops and exchanges are entries; the rest of the run is `_run`. */
function pageOf(run: Run, id: string, context: ExportContext): object {
  const { hops: _hops, legs, ...rest } = run;
  return {
    id,
    startedDateTime: isoTime(run.startedAt) || isoTime(0),
    title: `${run.profile.name}: ${run.verdict ?? run.phase}`,
    pageTimings: { onContentLoad: -1, onLoad: -1 },
    _runId: run.id,
    _partial: isPartial(run),
    _profileHash: profileHashOf(run, context),
    _run: { ...rest, legs: legs.map(({ exchanges: _exchanges, ...leg }) => leg) },
  };
}

function entriesOf(run: Run, pageref: string): HarEntry[] {
  const of = { run, pageref };
  return [
    ...run.hops.map((hop) => hopEntry(hop, of)),
    ...run.legs.flatMap((leg) => leg.exchanges.map((exchange) => exchangeEntry(exchange, leg.name, of))),
  ];
}
