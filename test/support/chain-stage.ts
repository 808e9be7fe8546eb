import { afterAll, beforeAll, expect } from 'vitest';

import type { ServerProfile } from '../../backend/legs/provider.ts';
import type { Cause, CauseCode, Owner } from '../../protocol/diagnosis/cause.ts';
import type { FailureCode } from '../../protocol/failure-catalogue.ts';
import { DEFAULT_LIMITS } from '../../protocol/profile.ts';
import type { Run } from '../../protocol/run.ts';
import { type E2eStage, startE2e } from './e2e-stage.ts';
import { runUnwatched } from './unwatched-run.ts';

/** A row of the catalogue, the scenario that plays it, and what it is to end as; statuses where they tell something. */
export type Fault = [
  row: string,
  scenario: string,
  code: FailureCode,
  cause: CauseCode,
  owner: Owner,
  statuses?: (number | null)[],
];

/** The title of a test of a fault. */
export const FAULT = '%s: %s is %s because of %s, which the %s can mend';

/** The real extension and the simulated operator, for chains that go wrong; each run goes through the background. */
export interface ChainStage {
  e2e: E2eStage;
  /** Plays a scenario with its number; the run as the backend has it. */
  play(scenario: string): Promise<Run>;
  /** The same, for a run that has to fail as it says, with its code unspent and redirect_uri unasked. */
  playFault(fault: Fault): Promise<Run & { cause: Cause }>;
  /** The same for what is only odd: a match all the same. */
  playOdd(scenario: string): Promise<Run>;
  /** How many milliseconds a hop may take in the runs from now on; at first what the product allows. */
  allowHop(ms: number): void;
}

/** Must be called at the top of a test file; what it returns is filled before its first test. */
export function chainStage(): ChainStage {
  // Looked at anew for every run.
  const limits = { ...DEFAULT_LIMITS };
  const adjust = (simulated: ServerProfile): ServerProfile => ({
    ...simulated,
    profile: { ...simulated.profile, limits },
  });
  const allowHop = (ms: number) => {
    limits.hopMs = ms;
  };
  const stage = { allowHop } as ChainStage & { e2e?: E2eStage };
  beforeAll(async () => {
    const e2e = await startE2e({ adjust });
    stage.e2e = e2e;
    await e2e.popup();
    const page = await e2e.plainPage();
    const play = async (scenario: string) => {
      const { number } = e2e.operator.scenarios.find(({ name }) => name === scenario) ?? {};
      if (!number) throw new TypeError(`There is no scenario ${scenario}`);
      return e2e.readRun(await runUnwatched(page, scenario, number));
    };
    Object.assign(stage, { play, playFault: faults(e2e, play), playOdd: oddities(e2e, play) });
  });
  afterAll(() => stage.e2e?.close());
  return stage;
}

function faults({ operator }: E2eStage, play: ChainStage['play']): ChainStage['playFault'] {
  return async ([, scenario, code, cause, owner, statuses]) => {
    const before = { ...operator.counters };
    const run = await play(scenario);
    expect(run).toMatchObject({
      verdict: 'failed',
      failure: { code, leg: 'authorize', codeSpent: 'no' },
      cause: { code: cause, owner },
    });
    if (statuses) expect(run.hops.map(({ status }) => status)).toEqual(statuses);
    const { token, redirectUri } = operator.counters;
    expect({ token, redirectUri }, 'requests').toEqual({ token: before.token, redirectUri: 0 });
    return run as Run & { cause: Cause };
  };
}

function oddities({ operator }: E2eStage, play: ChainStage['play']): ChainStage['playOdd'] {
  return async (scenario) => {
    const run = await play(scenario);
    expect(run).toMatchObject({ verdict: 'match', failure: null, chainEnd: { kind: 'callback' } });
    expect(operator.counters.redirectUri, 'requests to redirect_uri').toBe(0);
    return run;
  };
}
