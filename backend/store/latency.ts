import type { LatencyReply } from '#protocol/coverage-api.ts';
import { HopRole } from '#protocol/hop.ts';
import { LegName } from '#protocol/leg.ts';
import type { Run } from '#protocol/run.ts';

/** What of a run the latencies are made of (milliseconds): of each leg that ran, and of each answered hop by its role. */
export interface Timings {
  legs: Partial<Record<LegName, number>>;
  roles: Partial<Record<HopRole, number[]>>;
}

export function timingsOf({ capture, legs, hops }: Run): Timings {
  const timings: Timings = { legs: {}, roles: {} };
  for (const { name, durationMs } of legs) {
    // Of a link that waits to be opened most of the time is a person's.
    const isLeg = capture !== 'handoff' || name !== 'authorize';
    if (isLeg && durationMs !== null) timings.legs[name] = durationMs;
  }
  for (const { madeBy, role, status, durationMs } of hops) {
    if (madeBy !== 'network' || status === null || durationMs === null) continue;
    timings.roles[role] = [...(timings.roles[role] ?? []), durationMs];
  }
  return timings;
}

/** What never was measured has no line. */
export function latencyOf(runs: readonly Timings[]): LatencyReply {
  return {
    runs: runs.length,
    legs: LegName.options.flatMap((leg) =>
      lineOf(runs.flatMap(({ legs }) => legs[leg] ?? [])).map((line) => ({ leg, ...line })),
    ),
    roles: HopRole.options.flatMap((role) =>
      lineOf(runs.flatMap(({ roles }) => roles[role] ?? [])).map((line) => ({ role, ...line })),
    ),
  };
}

function lineOf(values: readonly number[]) {
  const sorted = Float64Array.from(values).sort();
  // Nearest rank: the smallest value that so large a share of all does not exceed.
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return sorted.length === 0 ? [] : [{ count: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95) }];
}
