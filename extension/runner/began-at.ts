import type { Run } from '#protocol/run.ts';

/** When a run began, as its record has it: UTC milliseconds, and the day where the person is. */
export function beganAt(now: Date): Pick<Run, 'startedAt' | 'utcOffsetMinutes' | 'localDay'> {
  const startedAt = now.getTime();
  const utcOffsetMinutes = -now.getTimezoneOffset();
  const localDay = new Date(startedAt + utcOffsetMinutes * 60_000).toISOString().slice(0, 10);
  return { startedAt, utcOffsetMinutes, localDay };
}
