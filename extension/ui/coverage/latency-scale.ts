import type { LatencyReply } from '#protocol/coverage-api.ts';

/** Fewer samples say little: the line says how few. */
export const FEW_SAMPLES = 10;

type Line = { count: number; p50Ms: number; p95Ms: number };

/** Where the one axis of all bars ends: a round number of milliseconds not below the slowest p95. */
export function axisEnd({ legs, roles }: Pick<LatencyReply, 'legs' | 'roles'>): number {
  const slowest = Math.max(1, ...[...legs, ...roles].map(({ p95Ms }) => p95Ms));
  const power = 10 ** Math.floor(Math.log10(slowest));
  const step = [1, 2, 4, 6, 8, 10].find((one) => one * power >= slowest) ?? 10;
  return step * power;
}

/** Percent of the axis. */
export function barsOf({ p50Ms, p95Ms }: Line, end: number): { p50: number; p95: number } {
  const share = (ms: number) => Math.round(Math.min(1, Math.max(0, ms / end)) * 1000) / 10;
  return { p50: share(p50Ms), p95: share(p95Ms) };
}
