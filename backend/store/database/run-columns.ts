import type { Selectable } from 'kysely';
import { CONDITION_NAMES, type ConditionName } from '#protocol/condition-names.ts';
import { RunSummary } from '#protocol/history-api.ts';
import type { Run } from '#protocol/run.ts';
import { applyRunEvent, type RunEvent } from '#protocol/run-events.ts';
import { NOT_KEPT, networkHops, searchTextOf, summaryOf } from '#protocol/run-summary.ts';

import { timingsOf } from '../latency.ts';
import type { RunRow } from './tables.ts';

/** The columns that are computed from the record. */
export function columnsOf(run: Run, importedAt: number | null = null) {
  const { conditions, ...line } = summaryOf(run, { ...NOT_KEPT, importedAt });
  const isFinishedLive = line.origin === 'live' && line.expected !== null && line.expected !== 'inconclusive';
  const named = Object.fromEntries(
    CONDITION_NAMES.map((name) => [name, storable(conditions[name] ?? null)]),
  ) as Record<ConditionName, string | null>;
  return {
    owner_id: run.ownerId,
    correlation_id: storable(run.correlationId),
    schema_version: run.schemaVersion,
    started_at: line.startedAt,
    utc_offset_minutes: line.utcOffsetMinutes,
    local_day: line.localDay,
    profile_id: storable(line.profileId),
    profile_name: storable(line.profileName) ?? '',
    capture: line.capture,
    origin: line.origin,
    scenario: storable(line.scenario),
    mask: line.mask,
    ...named,
    tags: conditions.tags ? JSON.stringify(conditions.tags) : null,
    expectation: line.expectation,
    expected: line.expected,
    phase: line.phase,
    verdict: line.verdict,
    failure: line.failure,
    leg: line.leg,
    cause: line.cause,
    hops: line.hops,
    duration_ms: line.durationMs,
    timings: isFinishedLive ? JSON.stringify(timingsOf(run)) : null,
    search_text: storable(searchTextOf({ ...run, origin: line.origin })) ?? '',
  };
}

type Columns = ReturnType<typeof columnsOf>;

/** Those that the end of a run, or what is asked after it, changes. */
export function endColumns(columns: Columns) {
  const { phase, hops, expected, verdict, failure, leg, cause, duration_ms, timings, search_text } = columns;
  return { phase, hops, expected, verdict, failure, leg, cause, duration_ms, timings, search_text };
}

/** Those that change before. */
export const flightColumns = (run: Run) => ({ phase: run.phase, hops: networkHops(run) });

export const SUMMARY_COLUMNS = [
  ...(['id', 'started_at', 'utc_offset_minutes', 'local_day', 'profile_id', 'profile_name'] as const),
  ...(['capture', 'origin', 'scenario', 'mask', 'tags', 'expectation', 'expected', 'phase'] as const),
  ...(['verdict', 'failure', 'leg', 'cause', 'hops', 'duration_ms', 'pinned'] as const),
  ...(['reference', 'imported_at'] as const),
  ...CONDITION_NAMES,
] as const;

type SummaryRow = Pick<Selectable<RunRow>, (typeof SUMMARY_COLUMNS)[number]>;

export function summaryFrom(row: SummaryRow): RunSummary {
  const conditions: Record<string, unknown> = {};
  for (const name of CONDITION_NAMES) if (row[name] !== null) conditions[name] = row[name];
  if (row.tags !== null) conditions.tags = JSON.parse(row.tags);
  return RunSummary.parse({
    id: row.id,
    startedAt: row.started_at,
    utcOffsetMinutes: row.utc_offset_minutes,
    localDay: row.local_day,
    profileId: row.profile_id,
    profileName: row.profile_name,
    capture: row.capture,
    origin: row.origin,
    scenario: row.scenario,
    mask: row.mask,
    conditions,
    expectation: row.expectation,
    expected: row.expected,
    phase: row.phase,
    verdict: row.verdict,
    failure: row.failure,
    leg: row.leg,
    cause: row.cause,
    hops: row.hops,
    durationMs: row.duration_ms,
    pinned: row.pinned === 1,
    reference: row.reference === 1,
    importedAt: row.imported_at,
  });
}

/** The record: the fold of its events, the first of which carries the run as it began. */
export function runFrom(events: readonly RunEvent[]): Run {
  const [first] = events;
  if (first?.type !== 'created') throw new TypeError('The first event of a run is its creation');
  return events.reduce(applyRunEvent, { ...first.run, events: [] });
}

/** An import is the record of its file, log and all; it has one event that carries it. */
export function recordFrom(events: readonly RunEvent[], importedAt: number | null): Run {
  const [first] = events;
  return importedAt !== null && first?.type === 'created' ? first.run : runFrom(events);
}

/** PostgreSQL keeps no NUL in a text, and half a surrogate pair in none. Events are JSON, which escapes both. */
export function storable<T extends string | null>(text: T): T {
  return (text?.replaceAll('\0', '').toWellFormed() ?? null) as T;
}
