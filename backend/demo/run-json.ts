import type { Run } from '#protocol/run.ts';

/** A finished run as `--json` prints it: what a script wants to know, from the redacted record. */
export function runJson(scenario: string, run: Run) {
  return {
    scenario,
    id: run.id,
    verdict: run.verdict,
    failure: run.failure && { code: run.failure.code, leg: run.failure.leg },
    cause: run.cause && { code: run.cause.code, owner: run.cause.owner, confidence: run.cause.confidence },
    hops: run.hops.map(({ url, madeBy, status, ip, durationMs, role }) => ({
      url,
      madeBy,
      status,
      ip,
      durationMs,
      role,
    })),
    legs: run.legs.map(({ name, outcome, durationMs, checks }) => ({
      name,
      outcome,
      durationMs,
      checks: checks.map(({ name, result }) => ({ name, result })),
    })),
  };
}
