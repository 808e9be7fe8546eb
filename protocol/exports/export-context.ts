import { CONDITION_NAMES, type ConditionName } from '../condition-names.ts';
import type { Condition, Run } from '../run.ts';
import { asExpected, type Expected } from '../run-reading.ts';

/** What made a file, as the file itself says it. A name, so it is not translated. */
export const TOOL_NAME = 'Number Verify Inspector';

/** What an export says of itself. All of it is handed in, so that the same runs and context make the same bytes. */
export interface ExportContext {
  toolVersion: string;
  /** The browser that exports; the one a run was made with is a condition of that run. */
  browser: { name: string; version: string };
  /** UTC milliseconds. */
  exportedAt: number;
  /** The exporting person's zone, as IANA names it. Times in files are UTC all the same. */
  timeZone: string;
  /** Which runs were asked for, as a person reads it; empty if all were. */
  filter: string;
  /** By run id: the lower-case hex SHA-256 of `profileDigestInput(run)`. Hashing is asynchronous, so the caller does it. */
  profileHashes: Readonly<Record<string, string>>;
}

/** A run that has not ended is exported as it stands, and marked (E15). */
export function isPartial(run: Run): boolean {
  return run.phase !== 'ended';
}

/** What a run under way will be is not known, whatever it looks like now. */
export function outcomeOf(run: Run): Expected {
  return isPartial(run) ? 'inconclusive' : asExpected(run);
}

export function profileHashOf(run: Run, { profileHashes }: ExportContext): string {
  return Object.hasOwn(profileHashes, run.id) ? (profileHashes[run.id] ?? '') : '';
}

/** ISO 8601 in UTC; empty for what no calendar has. */
export function isoTime(ms: number): string {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : '';
}

/** The legs' own clock counts from the start of the run. */
export function totalMs(run: Run): number | null {
  const ends = [
    run.chainEnd?.atMs ?? null,
    ...run.hops.map(({ startedAtMs, durationMs }) => (durationMs === null ? null : startedAtMs + durationMs)),
    ...run.legs.map(({ startedAtMs, durationMs }) =>
      startedAtMs === null || durationMs === null ? null : startedAtMs + durationMs,
    ),
  ].filter((end) => end !== null);
  return ends.length > 0 ? Math.max(...ends) : null;
}

/** Every condition of a run, in one order, with who says so and when. */
export function conditionsOf({
  conditions,
}: Pick<Run, 'conditions'>): (Condition & { name: ConditionName | 'tag' })[] {
  const single = CONDITION_NAMES.flatMap((name) => {
    const one = conditions[name];
    return one ? [{ name, ...one }] : [];
  });
  return [...single, ...(conditions.tags ?? []).map((tag) => ({ name: 'tag' as const, ...tag }))];
}
