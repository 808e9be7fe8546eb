import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ApiError } from '#protocol/backend-api.ts';
import { LatencyReply } from '#protocol/coverage-api.ts';
import { CoverageTable, readTable } from '#protocol/coverage-table.ts';
import { RunCount } from '#protocol/history-api.ts';
import { CampaignsReply, KeepCampaignRequest, ReferenceReply } from '#protocol/history-requests.ts';

import { type Bench, call, createRequest, startBench } from '../../support/bench.ts';
import { createRun, playScenario } from '../../support/node-walker.ts';

let bench: Bench;
/** Two runs that went through the whole product, and one that is under way. */
let runs: { match: string; failed: string; flying: string };
beforeAll(async () => {
  bench = await startBench();
  const [match, failed] = [await playScenario(bench, 'match'), await playScenario(bench, 'bad-nonce')];
  const { run } = await createRun(bench, createRequest());
  runs = { match: match.id, failed: failed.id, flying: run.id };
});
afterAll(() => bench.close());

const ask = (path: string, query: Record<string, string> = {}) =>
  call(bench, 'GET', `${path}?${new URLSearchParams(query)}`);
const statusAndCode = async (response: Response) => {
  const { error } = ApiError.parse(await response.json());
  return [response.status, error.code];
};

describe('coverage and latency over the wire', () => {
  test('ended runs are counted by any two dimensions, simulated ones apart', async () => {
    const reply = await ask('/v1/coverage', { rows: 'profile', columns: 'bearer' });
    const { cells, total, leftOut } = readTable(CoverageTable.parse(await reply.json()));
    expect(cells).toMatchObject([{ column: '5g', simulated: 2, asExpected: 0, last: null }]);
    expect(total).toMatchObject({ simulated: 2, interrupted: 0 });
    expect(leftOut).toEqual({ rows: 0, columns: 0 });
    const none = await ask('/v1/coverage', { rows: 'day', columns: 'place', profile: 'another' });
    expect(CoverageTable.parse(await none.json())).toMatchObject({
      rows: [],
      cells: { row: [], lastAt: [] },
    });
  });

  test('latency is of live runs, of which there is none', async () => {
    expect(LatencyReply.parse(await (await ask('/v1/latency')).json())).toEqual({
      ...{ runs: 0, legs: [], roles: [] },
    });
  });

  test('a count is as long as the list with the same filter', async () => {
    const counted = async (query: Record<string, string>) =>
      RunCount.parse(await (await ask('/v1/runs/count', query)).json());
    expect(await counted({})).toEqual({ runs: 3, more: false });
    expect(await counted({ text: 'bad-nonce' })).toEqual({ runs: 1, more: false });
    expect(await counted({ place: '∅', verdict: 'match' })).toEqual({ runs: 1, more: false });
    expect(await counted({ place: 'Athens' })).toEqual({ runs: 0, more: false });
  });

  test.each([
    ['/v1/coverage', {}],
    ['/v1/coverage', { rows: 'operator' }],
    ['/v1/coverage', { rows: 'tags', columns: 'day' }],
    ['/v1/coverage', { rows: 'operator', columns: 'day', verdict: 'match' }],
    ['/v1/latency', { verdict: 'match' }],
    ['/v1/latency', { fromDay: 'yesterday' }],
    ['/v1/runs/count', { limit: '5' }],
  ] as [string, Record<string, string>][])('%s refuses %j', async (path, query) => {
    expect(await statusAndCode(await ask(path, query))).toEqual([400, 'api.bad_request']);
  });
});

describe('a reference', () => {
  const name = (id: string, body: unknown) => call(bench, 'POST', `/v1/runs/${id}/reference`, body);
  const referenceOf = async (profile: string) =>
    ReferenceReply.parse(await (await ask(`/v1/profiles/${profile}/reference`)).json()).run;

  test('is read whole by its profile, until it is one no longer', async () => {
    expect(await referenceOf('simulated')).toBeNull();
    expect(await (await name(runs.failed, { reference: true })).json()).toEqual({ reference: true });
    await name(runs.match, { reference: true });
    expect(await referenceOf('simulated')).toMatchObject({ id: runs.match, verdict: 'match' });
    await name(runs.match, { reference: false });
    expect(await referenceOf('simulated')).toBeNull();
    expect(await referenceOf('no%20such\u0000profile')).toBeNull();
  });

  test('is no run under way, and none that is not there', async () => {
    const refused = async (id: string, body: unknown = { reference: true }) =>
      statusAndCode(await name(id, body));
    expect(await refused(runs.flying)).toEqual([409, 'api.run_in_flight']);
    expect(await refused(randomUUID())).toEqual([404, 'api.not_found']);
    expect(await refused(runs.match, { reference: 1 })).toEqual([400, 'api.bad_request']);
  });
});

test('campaigns are kept by name, and named once', async () => {
  const keep = (body: unknown) => call(bench, 'POST', '/v1/campaigns/keep', body);
  const kept = async () => CampaignsReply.parse(await (await ask('/v1/campaigns')).json()).kept;
  const spring = { campaign: 'Spring: Athens', kept: true };
  for (const body of [spring, spring])
    expect(KeepCampaignRequest.parse(await (await keep(body)).json())).toEqual(spring);
  expect(await kept()).toEqual(['Spring: Athens']);
  await keep({ ...spring, kept: false });
  expect(await kept()).toEqual([]);
  for (const body of [{}, { campaign: '', kept: true }, { ...spring, more: 1 }])
    expect(await statusAndCode(await keep(body))).toEqual([400, 'api.bad_request']);
});

test('all of it is for the key alone (PR8)', async () => {
  const headers = { authorization: 'Bearer nvi_another' };
  for (const [method, path] of [
    ['GET', '/v1/coverage?rows=day&columns=day'],
    ['GET', '/v1/latency'],
    ['GET', '/v1/runs/count'],
    ['GET', '/v1/profiles/simulated/reference'],
    ['POST', `/v1/runs/${randomUUID()}/reference`],
    ['POST', '/v1/imports'],
    ['GET', '/v1/campaigns'],
    ['POST', '/v1/campaigns/keep'],
  ] as const)
    expect((await call(bench, method, path, undefined, headers)).status).toBe(401);
});
