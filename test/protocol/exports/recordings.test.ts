import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { CreateRunRequest } from '#protocol/backend-api.ts';
import { compareRuns } from '#protocol/compare/compare-runs.ts';
import { canonicalJson } from '#protocol/exports/canonical-json.ts';
import { redactRun } from '#protocol/exports/redact-run.ts';
import type { Leg, LegName } from '#protocol/leg.ts';
import { Run } from '#protocol/run.ts';

import { type Bench, startBench } from '../../support/bench.ts';
import { readRun, submit, walkScenario } from '../../support/node-walker.ts';

/** What the extension replays where there is no backend. With NV_RECORD=1 the files are written anew. */
const RECORDINGS = new URL('../../../extension/public/recordings/', import.meta.url);
const SCENARIOS = ['match', 'no-match', 'wifi-access-denied'];

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

describe.each(SCENARIOS)('the recording %s', (scenario) => {
  const file = new URL(`${scenario}.json`, RECORDINGS);

  test('is what the simulated operator plays today', async () => {
    const played = redactRun(await playPaced(scenario));
    if (process.env.NV_RECORD) {
      mkdirSync(RECORDINGS, { recursive: true });
      writeFileSync(file, `${JSON.stringify(played, null, 2)}\n`);
    }
    const { chain, legs, outcome, settings } = compareRuns(recorded(), played);
    expect(chain.filter(({ kind }) => kind !== 'same')).toEqual([]);
    expect(legs.flatMap(({ differences }) => differences)).toEqual([]);
    expect([...outcome, ...settings]).toEqual([]);
  });

  test('is a whole run of today’s schema, marked as simulated, redacted, and small', () => {
    const run = recorded();
    expect(run.origin).toBe('simulated');
    expect(run.phase).toBe('ended');
    expect(canonicalJson(redactRun(run))).toBe(canonicalJson(run));
    expect(readFileSync(file).length).toBeLessThan(60_000);
    expect(readFileSync(file, 'utf8')).not.toMatch(/\+4477009009\d\d/);
  });

  function recorded(): Run {
    return Run.parse(JSON.parse(readFileSync(file, 'utf8')));
  }
});

/** A run as `playScenario` makes it, at the pace of a mobile network: on one machine a chain is over before anyone sees it. */
async function playPaced(scenario: string): Promise<Run> {
  const { created, submission } = await walkScenario(bench, scenario, CHANGES[scenario]);
  let at = 0;
  const hops = submission.hops.map((hop, index) => {
    const durationMs = PACE[index % PACE.length] ?? 0;
    const paced = { ...hop, startedAtMs: at, durationMs };
    at += durationMs + 4;
    return paced;
  });
  const chainEnd = { ...submission.chainEnd, atMs: at };
  await submit(bench, created.run.id, { ...submission, hops, chainEnd });
  const run = await readRun(bench, created.run.id);
  return { ...run, legs: run.legs.map((leg) => pacedLeg(leg)) };

  function pacedLeg(leg: Leg): Leg {
    const durationMs = LEG_PACE[leg.name];
    if (leg.startedAtMs === null || durationMs === null) return leg;
    const startedAtMs = at + 12;
    at = startedAtMs + durationMs;
    const exchanges = leg.exchanges.map((one) => ({
      ...one,
      startedAtMs: startedAtMs + 2,
      durationMs: durationMs - 6,
    }));
    return { ...leg, startedAtMs, durationMs, exchanges };
  }
}

/** What a tester would have stated of a run that is not made over the operator's network. */
const CHANGES: Record<string, Partial<CreateRunRequest>> = {
  'wifi-access-denied': {
    conditions: { bearer: { value: 'wifi', basis: 'stated', at: 1_795_400_000_000 } },
    expectation: 'must_fail',
  },
};

/** Milliseconds of the hops, in turn, and of the legs; that of leg 1 are its hops'. */
const PACE = [412, 268, 355, 291, 187];
const LEG_PACE: Record<LegName, number | null> = { authorize: null, token: 318, premiuminfo: 243 };
