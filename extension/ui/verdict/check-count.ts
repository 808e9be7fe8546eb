import type { Check } from '#protocol/check.ts';
import type { Run } from '#protocol/run.ts';

export type CheckCount = Record<Check['result'], number>;

export function countChecks(checks: readonly Check[]): CheckCount {
  const count: CheckCount = { passed: 0, failed: 0, warned: 0, not_checked: 0 };
  for (const check of checks) count[check.result] += 1;
  return count;
}

export function checksOfRun(run: Run): Check[] {
  return run.legs.flatMap((leg) => leg.checks);
}

/** A match whose id_token signature nobody checked says so. */
export function signatureUnchecked(run: Run): boolean {
  return checksOfRun(run).some((check) => check.name === 'signature' && check.result === 'not_checked');
}
