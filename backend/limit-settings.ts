import type { Environment } from './config.ts';
import type { RateLimits } from './plugins/rate-limits.ts';
import { StartError } from './start-error.ts';

export interface LimitSettings {
  rates: RateLimits;
  /** Calls of a profile to its operator in one UTC day; 0 is no budget. A profile may say otherwise. */
  dailyCalls: number;
}

/** On loopback there is one caller, who would only be in their own way: nothing is limited unless it is set. */
export function readLimits(env: Environment, isShared: boolean): LimitSettings {
  const usual = (shared: number) => (isShared ? shared : 0);
  return {
    rates: {
      runs: readCount('NV_RATE_RUNS', env.NV_RATE_RUNS, usual(60)),
      calls: readCount('NV_RATE_CALLS', env.NV_RATE_CALLS, usual(600)),
      refusals: usual(30),
    },
    dailyCalls: readCount('NV_DAILY_CALLS', env.NV_DAILY_CALLS, usual(10_000)),
  };
}

function readCount(setting: string, value: string | undefined, usual: number): number {
  if (!value) return usual;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new StartError(
    'config.limit_invalid',
    `${setting} is "${value}". Give a whole number, or 0 for no limit.`,
  );
}
