import { cleanStartKind } from '../clean-start-kind.ts';
import type { Hop } from '../hop.ts';
import type { Run } from '../run.ts';
import { traceHeader } from '../trace-id.ts';
import {
  conditionsOf,
  type ExportContext,
  isoTime,
  isPartial,
  outcomeOf,
  profileHashOf,
  TOOL_NAME,
  totalMs,
} from './export-context.ts';
import type { ExportLabel, ExportWords } from './export-words.ts';

export type Fact = [label: ExportLabel, value: string];

/** What a file for people says of itself: how many runs it has, and what made it, when and of what. */
export function fileFacts(runs: readonly Run[], context: ExportContext): Fact[] {
  const { toolVersion, browser, exportedAt, timeZone, filter } = context;
  return told([
    ['runs', String(runs.length)],
    ['tool', `${TOOL_NAME} ${toolVersion}`],
    ['exporting_browser', `${browser.name} ${browser.version}`],
    ['exported_at', isoTime(exportedAt)],
    ['time_zone', timeZone],
    ['filter', filter],
  ]);
}

/** What has to be said of a run before anything else, or it would be taken for what it is not. */
export function marksOf(run: Run): ('simulated' | 'imported' | 'replayed' | 'partial')[] {
  return [
    ...(run.origin === 'simulated' || run.profile.simulator ? (['simulated'] as const) : []),
    ...(run.origin === 'imported' || run.origin === 'replayed' ? [run.origin] : []),
    ...(isPartial(run) ? (['partial'] as const) : []),
  ];
}

export function verdictWord(run: Run, { word }: ExportWords): string {
  return word('verdict', isPartial(run) ? 'under_way' : (run.verdict ?? 'under_way'));
}

export function runFacts(run: Run, context: ExportContext, words: ExportWords): Fact[] {
  const { word } = words;
  const { failure, cause } = run;
  const cleanStart = cleanStartKind(run.cleanStart);
  return told([
    ['verdict', `${verdictWord(run, words)}${failure ? ` (${failure.code})` : ''}`],
    ['expectation', `${word('expectation', run.expectation)}: ${word('expected', outcomeOf(run))}`],
    ['seen', failure && word('failure', failure.code)],
    [
      'operator_said',
      failure?.operatorError && Object.values(failure.operatorError).filter(Boolean).join(': '),
    ],
    [
      'cause',
      cause && `${word('cause', cause.code)} (${cause.code}, ${word('confidence', cause.confidence)})`,
    ],
    ['owner', cause && word('owner', cause.owner)],
    ['cure', cause && word('cure', cause.cure)],
    ['chain_end', run.chainEnd && word('chain_end', run.chainEnd.kind)],
    [
      'legs',
      run.legs.map((leg) => `${word('leg', leg.name)}: ${word('leg_outcome', leg.outcome)}`).join(', '),
    ],
    ['started_at', isoTime(run.startedAt)],
    ['local_day', run.localDay],
    ['duration_ms', spell(totalMs(run))],
    ['origin', word('origin', run.origin)],
    ['capture', word('capture', run.capture)],
    ['clean_start', cleanStart && word('clean_start', cleanStart)],
    ['profile', `${run.profile.name} (${run.profile.id})`],
    ['profile_hash', profileHashOf(run, context)],
    ['scenario', run.scenario],
    ['number', run.number?.mask ?? null],
    ['correlation_id', run.correlationId],
    ['run_id', run.id],
  ]);
}

function told(facts: [ExportLabel, string | null | undefined][]): Fact[] {
  return facts.flatMap(([label, value]): Fact[] => (value ? [[label, value]] : []));
}

/** A table as labels and rows, before a format makes cells of them. */
export interface FactTable {
  head: ExportLabel[];
  rows: string[][];
}

export function conditionTable(run: Run, { word }: ExportWords): FactTable {
  return {
    head: ['condition', 'value', 'basis', 'known_since'],
    rows: conditionsOf(run).map(({ name, value, basis, at }) => [
      word('condition', name),
      value,
      word('basis', basis),
      isoTime(at),
    ]),
  };
}

/** Hops, then the backend's exchanges, in the order they were made. */
export function chainTable(run: Run, { word }: ExportWords): FactTable {
  const hops = run.hops.map((hop) => [
    hop.madeBy === 'browser' ? `${hop.index} →` : String(hop.index),
    hostOf(hop.url),
    hop.madeBy === 'browser' ? word('label', 'made_by_browser') : word('role', hop.role),
    statusOf(hop),
    spell(hop.durationMs),
    traceHeader(hop.responseHeaders)?.value ?? '',
  ]);
  const exchanges = run.legs.flatMap((leg) =>
    leg.exchanges.map(({ request, response, error, durationMs }) => [
      word('leg', leg.name),
      hostOf(request.url),
      word('label', 'backend'),
      String(response?.status ?? error?.code ?? ''),
      spell(durationMs),
      traceHeader(response?.headers ?? [])?.value ?? '',
    ]),
  );
  return {
    head: ['hop', 'host', 'role', 'status', 'time_ms', 'trace_id'],
    rows: [...hops, ...exchanges],
  };
}

export function checkTable(run: Run, { word }: ExportWords): FactTable {
  return {
    head: ['leg', 'check', 'result', 'clause', 'expected_value', 'actual_value'],
    rows: run.legs.flatMap((leg) =>
      leg.checks.map((check) => [
        word('leg', leg.name),
        check.name,
        `${word('check_result', check.result)}${check.why ? ` (${check.why})` : ''}`,
        check.clause,
        check.expected ?? '',
        check.actual ?? '',
      ]),
    ),
  };
}

function statusOf({ status, error }: Hop): string {
  return String(status ?? error?.code ?? '');
}

/** Plain http is shown: on an enrichment hop it is what has to be there. Taken apart by hand, as `URL` would encode stand-ins. */
export function hostOf(url: string): string {
  const [, scheme = '', host = ''] = /^(?:([a-z][a-z\d+.-]*):)?(?:\/\/([^/?#]*))?/i.exec(url) ?? [];
  return scheme.toLowerCase() === 'http' ? `http://${host}` : host;
}

function spell(ms: number | null): string {
  return ms === null ? '' : String(Math.round(ms));
}
