import type { Run } from '#protocol/run.ts';

type Origin = Exclude<Run['origin'], 'live'>;

/** What came from a file says so, and what it was where it was made; of somebody else's file nothing more is known. */
export function originsOf({ origin }: Pick<Run, 'origin'>, imported: boolean): Origin[] {
  const marks: Origin[] = [
    ...(imported ? (['imported'] as const) : []),
    ...(origin === 'live' ? [] : [origin]),
  ];
  return [...new Set(marks)];
}
