import type { SavedRun } from '../../runner/saved-run.ts';

/** A stretch of the run on the one axis that hops and legs share, in percent. */
export interface Bar {
  left: number;
  width: number;
}

/** Where the axis ends: the last thing known, or now while the run goes on. */
export function axisEnd(saved: SavedRun, elapsedMs: number): number {
  const { run } = saved;
  const ends = [
    ...run.hops.map((hop) => hop.startedAtMs + (hop.durationMs ?? 0)),
    ...run.legs.map((leg) => (leg.startedAtMs ?? 0) + (leg.durationMs ?? 0)),
    run.chainEnd?.atMs ?? 0,
  ];
  if (saved.stage !== 'done' && saved.liveHop) ends.push(saved.liveHop.startedAtMs, elapsedMs);
  return Math.max(1, ...ends);
}

export function barOf(startedAtMs: number, durationMs: number, end: number): Bar {
  const left = clamp((startedAtMs / end) * 100);
  return { left, width: Math.min(clamp((durationMs / end) * 100), 100 - left) };
}

function clamp(percent: number): number {
  return Math.round(Math.min(100, Math.max(0, percent)) * 10) / 10;
}
