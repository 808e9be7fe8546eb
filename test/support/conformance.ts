/** Modules of the OpenID conformance suite, by their ids, played through the real backend. */
import { expect, test } from 'vitest';

import type { FailureCode } from '#protocol/failure-catalogue.ts';

import { type Bench, type BenchOptions, startBench } from './bench.ts';
import { type Played, playCounted } from './evil-rows.ts';

/** The suite's id, the scenario that plays it, and what must come of it: accepted, or refused for this reason. */
export type Module = [id: string, scenario: string, expected: 'accepted' | FailureCode, note?: string];

/** The prefix of the suite's ids for OpenID Connect relying parties. */
export const OIDC = 'oidcc-client-test';

/**
 * A rejected module passes where the client goes no further: the suite waits for a call of the next endpoint. Here the
 * run has ended when its record is read, so there is nothing to wait for.
 */
export function modules(bench: () => Bench, rows: Module[]): void {
  // Not $id: a title has to hold the id whole, and that would be cut.
  test.each(rows.map(([id, scenario, expected, note = '']) => [id, expected, note, scenario] as const))(
    '%s: %s %s',
    async (_id, expected, _note, scenario) => {
      expectOutcome(await playCounted(bench(), scenario), expected);
    },
  );
}

export function expectOutcome({ run, calls }: Played, expected: 'accepted' | FailureCode): void {
  expect([run.verdict, run.failure?.code ?? 'accepted']).toEqual([
    expected === 'accepted' ? 'match' : 'failed',
    expected,
  ]);
  const refusedBefore = (area: string) => expected.startsWith(`${area}.`);
  expect(calls.premiuminfo).toBe(refusedBefore('idtoken') || refusedBefore('callback') ? 0 : 1);
  expect(calls.token).toBe(refusedBefore('callback') ? 0 : 1);
}

/** With a backend that has seen nothing yet: for modules about the first fetch of keys. */
export async function freshly(
  scenario: string,
  options: BenchOptions = {},
  change: Parameters<typeof playCounted>[2] = {},
): Promise<Played> {
  const bench = await startBench(options);
  try {
    return await playCounted(bench, scenario, change);
  } finally {
    await bench.close();
  }
}
