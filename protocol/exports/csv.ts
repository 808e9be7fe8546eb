import { cleanStartKind } from '../clean-start-kind.ts';
import { CONDITION_NAMES } from '../condition-names.ts';
import type { Run } from '../run.ts';
import { legOf } from '../run-reading.ts';
import { writeCsv } from './csv-cells.ts';
import {
  conditionsOf,
  type ExportContext,
  isoTime,
  isPartial,
  outcomeOf,
  profileHashOf,
  totalMs,
} from './export-context.ts';
import { redactRun } from './redact-run.ts';
import { traceIdsOf } from './trace-ids.ts';

/**
 * A row a run. Columns and codes are for machines and stay as they are in every language. What the file says of itself
 * is in every row, because the format has no other place and rows get pasted elsewhere.
 */
export function exportCsv(runs: readonly Run[], context: ExportContext): string {
  const rows = runs.map((run) => {
    const redacted = redactRun(run);
    return [...runCells(redacted, context), ...conditionCells(redacted), ...fileCells(runs.length, context)];
  });
  return writeCsv([COLUMNS, ...rows]);
}

const COLUMNS = [
  'run_id',
  'started_at',
  'utc_offset',
  'local_day',
  'partial',
  'origin',
  'capture',
  'profile_id',
  'profile_name',
  'profile_hash',
  'country',
  'scenario',
  'number',
  'expectation',
  'verdict',
  'outcome',
  'failure',
  'failure_leg',
  'failure_hop',
  'operator_error',
  'operator_error_description',
  'cause',
  'cause_owner',
  'cause_confidence',
  'cure',
  'authorize',
  'token',
  'premiuminfo',
  'hops',
  'duration_ms',
  'correlation_id',
  'trace_ids',
  'clean_start',
  ...CONDITION_NAMES.flatMap((name) => [name, `${name}_basis`, `${name}_known_since`]),
  'tags',
  'tags_basis',
  'runs_in_file',
  'tool_version',
  'exporting_browser',
  'exported_at',
  'time_zone',
  'filter',
];

function runCells(run: Run, context: ExportContext): string[] {
  const { failure, cause } = run;
  return [
    run.id,
    isoTime(run.startedAt),
    offsetOf(run.utcOffsetMinutes),
    run.localDay,
    isPartial(run) ? 'yes' : 'no',
    run.origin,
    run.capture,
    run.profile.id,
    run.profile.name,
    profileHashOf(run, context),
    run.profile.country ?? '',
    run.scenario ?? '',
    run.number?.mask ?? '',
    run.expectation,
    run.verdict ?? '',
    outcomeOf(run),
    failure?.code ?? '',
    failure?.leg ?? '',
    spell(failure?.hop ?? null),
    failure?.operatorError?.error ?? '',
    failure?.operatorError?.description ?? '',
    cause?.code ?? '',
    cause?.owner ?? '',
    cause?.confidence ?? '',
    cause?.cure ?? '',
    legOf(run, 'authorize').outcome,
    legOf(run, 'token').outcome,
    legOf(run, 'premiuminfo').outcome,
    String(run.hops.filter(({ madeBy }) => madeBy === 'network').length),
    spell(totalMs(run)),
    run.correlationId,
    traceIdsOf(run).join(' '),
    cleanStartKind(run.cleanStart) ?? '',
  ];
}

function conditionCells(run: Run): string[] {
  const single = CONDITION_NAMES.flatMap((name) => {
    const one = run.conditions[name];
    return [one?.value ?? '', one?.basis ?? '', one ? isoTime(one.at) : ''];
  });
  const tags = conditionsOf(run).filter(({ name }) => name === 'tag');
  return [
    ...single,
    tags.map(({ value }) => value).join('; '),
    [...new Set(tags.map(({ basis }) => basis))].join('; '),
  ];
}

function fileCells(count: number, { toolVersion, browser, exportedAt, timeZone, filter }: ExportContext) {
  return [
    String(count),
    toolVersion,
    `${browser.name} ${browser.version}`,
    isoTime(exportedAt),
    timeZone,
    filter,
  ];
}

/** `UTC-03:30`: a text to every spreadsheet, where `-210` would be a number to guard. */
function offsetOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const absolute = Math.abs(minutes);
  return `UTC${minutes < 0 ? '-' : '+'}${two(Math.trunc(absolute / 60))}:${two(absolute % 60)}`;
}

function spell(value: number | null): string {
  return value === null ? '' : String(Math.round(value));
}
