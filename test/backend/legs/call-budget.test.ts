import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ApiError } from '#protocol/backend-api.ts';
import type { Run } from '#protocol/run.ts';

import type { ServerProfile } from '../../../backend/legs/provider.ts';
import { type Bench, call, createRequest, startBench } from '../../support/bench.ts';
import { readRun, submit, walkScenario } from '../../support/node-walker.ts';

/** In the middle of one UTC day. */
const NOON = Date.UTC(2026, 10, 22, 11, 45);
let clock = NOON;
let bench: Bench;

const budgeted = (simulated: ServerProfile, id: string, dailyCalls: number): ServerProfile => ({
  ...simulated,
  profile: { ...simulated.profile, id },
  dailyCalls,
});
/** As some operators want them, in the URL. */
const inQuery = (one: ServerProfile): ServerProfile => ({
  ...one,
  profile: { ...one.profile, tokenParams: 'query' },
});
beforeAll(async () => {
  bench = await startBench({
    now: () => clock,
    variants: (simulated) => [
      budgeted(simulated, 'burst', 15),
      budgeted(simulated, 'one-left', 3),
      budgeted(simulated, 'doctor', 2),
      budgeted(simulated, 'check', 1),
      inQuery(budgeted(simulated, 'query', 2)),
    ],
  });
});
afterAll(() => bench.close());

const sentSoFar = () => bench.operator.counters.token + bench.operator.counters.premiuminfo;
const begin = (profileId: string) => call(bench, 'POST', '/v1/runs', createRequest({ profileId }));

async function runOf(profileId: string, scenario = 'match'): Promise<Run> {
  const { created, submission } = await walkScenario(bench, scenario, { profileId });
  await submit(bench, created.run.id, submission);
  return readRun(bench, created.run.id);
}

describe('a budget of calls for one day (T32)', () => {
  test('is kept to the call by runs that are under way together; then a burst walks no chain', async () => {
    const before = sentSoFar();
    const walked = [];
    for (let run = 0; run < 12; run += 1)
      walked.push(await walkScenario(bench, 'match', { profileId: 'burst' }));
    await Promise.all(walked.map(({ created, submission }) => submit(bench, created.run.id, submission)));
    expect(sentSoFar() - before).toBe(15);

    const runs = await Promise.all(walked.map(({ created }) => readRun(bench, created.run.id)));
    const spent = runs.filter(({ failure }) => failure !== null);
    expect(spent.length).toBeGreaterThanOrEqual(5);
    for (const { verdict, failure, cause, legs } of spent) {
      expect(verdict).toBe('failed');
      expect(failure?.code).toBe(`${failure?.leg}.budget_spent`);
      expect(failure?.retry).toBe('after');
      expect(cause).toMatchObject({ code: 'daily_budget_spent', owner: 'backend', cure: 'wait_for_budget' });
      const exchanges = legs.find(({ name }) => name === failure?.leg)?.exchanges;
      expect(exchanges).toMatchObject([{ response: null, sent: 'no', error: { raw: 'NV_DAILY_CALLS' } }]);
    }

    const { authorize } = bench.operator.counters;
    const statuses = new Set<number>();
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(Array.from({ length: 100 }, () => begin('burst')));
      for (const { status } of answers) statuses.add(status);
    }
    expect([...statuses]).toEqual([429]);
    expect([sentSoFar() - before, bench.operator.counters.authorize]).toEqual([15, authorize]);
  });

  test('refuses a run that could not ask for its answer, says until when, and begins anew at midnight UTC', async () => {
    expect((await runOf('one-left')).verdict).toBe('match');
    const refused = await begin('one-left');
    expect(refused.status).toBe(429);
    const untilMidnight = 12.25 * 3600;
    expect(refused.headers.get('retry-after')).toBe(String(untilMidnight));
    const { error } = ApiError.parse(await refused.json());
    expect(error.code).toBe('api.budget_spent');
    expect(error.message).toContain('from 00:00 UTC on, in 12 h 15 min');
    expect((await begin('simulated')).status).toBe(201);
    clock = NOON + untilMidnight * 1000;
    expect((await begin('one-left')).status).toBe(201);
    clock = NOON;
  });

  test('answers a create that is repeated as it did, although nothing is left by now', async () => {
    const asked = createRequest({ profileId: 'doctor' });
    expect((await call(bench, 'POST', '/v1/runs', asked)).status).toBe(201);
    const run = await runOf('doctor', 'no-match');
    expect(run.verdict).toBe('no_match');
    expect((await call(bench, 'POST', '/v1/runs', asked)).status).toBe(200);
    expect((await begin('doctor')).status).toBe(429);
    // The hash doctor is a call too, and its one question is not lost by asking too late.
    const before = sentSoFar();
    const body = { form: 'plain', numberHash: '0'.repeat(64) };
    const doctor = () => call(bench, 'POST', `/v1/runs/${run.id}/hash-doctor`, body);
    const refused = await doctor();
    expect([refused.status, (await refused.json()).error.code]).toEqual([429, 'api.budget_spent']);
    expect(sentSoFar()).toBe(before);
    clock = NOON + 13 * 3_600_000;
    expect((await (await doctor()).json()).error?.code).not.toBe('api.budget_spent');
    clock = NOON;
  });

  test('counts token requests that have their parameters in the query', async () => {
    const before = sentSoFar();
    const walked = [];
    for (let run = 0; run < 4; run += 1)
      walked.push(await walkScenario(bench, 'match', { profileId: 'query' }));
    await Promise.all(walked.map(({ created, submission }) => submit(bench, created.run.id, submission)));
    expect(sentSoFar() - before).toBe(2);
  });

  test('counts the check of a profile, whose token request is one like any other', async () => {
    const check = () => call(bench, 'POST', '/v1/profiles/check/check');
    expect((await check()).status).toBe(200);
    clock += 6000;
    const refused = await check();
    expect([refused.status, (await refused.json()).error.code]).toEqual([429, 'api.budget_spent']);
  });
});
