import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ApiError } from '#protocol/backend-api.ts';
import { type RunFilter, RunsReply } from '#protocol/history-api.ts';
import { ForgetNumberReply, PinRequest } from '#protocol/history-requests.ts';
import type { Run } from '#protocol/run.ts';

import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import { type Bench, call, createRequest, startBench } from '../../support/bench.ts';
import { profileAt, runOf } from '../../support/fixtures.ts';
import { createRun, hashOf, numberOf, playScenario, readRun } from '../../support/node-walker.ts';
import { appendTo } from '../../support/write-to.ts';

const store = createMemoryRunStore();
const profile = profileAt('https://operator.example');
let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ store });
});
afterAll(() => bench.close());

const list = (query: Record<string, string> | string = '') =>
  call(bench, 'GET', `/v1/runs?${new URLSearchParams(query)}`);
const page = async (query: Record<string, string> = {}) => {
  const response = await list(query);
  expect(response.status).toBe(200);
  return RunsReply.parse(await response.json());
};
const refusal = async (response: Response) => {
  const { error } = ApiError.parse(await response.json());
  return { status: response.status, code: error.code, message: error.message };
};

/** A run that has ended, put straight into the store that the backend reads. */
async function stored(change: Partial<Run> = {}): Promise<string> {
  const run = runOf(profile, { verdict: 'match', ...change, phase: 'authorizing' });
  const { verdict } = change;
  await store.create(run, { type: 'created', sequence: 1, at: Date.now(), run }, 'digest');
  await appendTo(store, run.id, [
    { type: 'ended', sequence: 2, at: Date.now(), verdict: verdict ?? 'match', failure: null, cause: null },
  ]);
  return run.id;
}

describe('the list of runs', () => {
  test('goes on from its cursor, each run once, whatever comes in at the top meanwhile', async () => {
    const place = { place: { value: 'paging', basis: 'stated' as const, at: 1 } };
    const make = (startedAt: number) => stored({ startedAt, conditions: place });
    // Two that began in the same millisecond lie on the border of two pages.
    const wanted = await Promise.all([5, 4, 3, 3, 2, 1].map(make));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const reply: RunsReply = await page({ place: 'paging', limit: '3', ...(cursor ? { cursor } : {}) });
      expect(reply.runs.length).toBeLessThanOrEqual(3);
      seen.push(...reply.runs.map(({ id }) => id));
      cursor = reply.next;
      await make(9);
    } while (cursor !== null);
    expect(seen).toHaveLength(wanted.length);
    expect(new Set(seen)).toEqual(new Set(wanted));
  });

  test('has fifty runs unless told otherwise, and two hundred at the most', async () => {
    await Promise.all(Array.from({ length: 201 }, () => stored({ origin: 'replayed' })));
    expect((await page({ origin: 'replayed' })).runs).toHaveLength(50);
    expect((await page({ origin: 'replayed', limit: '200' })).runs).toHaveLength(200);
  });

  const CONDITION: [keyof RunFilter, Partial<Run>][] = (
    ['operator', 'bearer', 'sharing', 'roaming', 'vpn', 'device', 'browser', 'place', 'campaign'] as const
  ).map((name) => [name, { conditions: { [name]: { value: 'filtered by', basis: 'stated', at: 1 } } }]);
  test.each([
    ...CONDITION.map(([name, fits]) => [{ [name]: 'filtered by' }, fits] as const),
    [{ profile: 'other' }, { profile: { ...profile, id: 'other' } }],
    [{ origin: 'imported' }, { origin: 'imported' }],
    [{ verdict: 'unknown' }, { verdict: 'unknown' }],
    [{ expected: 'not_as_expected' }, { expectation: 'must_fail' }],
    [{ fromDay: '2031-01-01' }, { localDay: '2031-01-01' }],
    [{ toDay: '2001-01-01' }, { localDay: '2001-01-01' }],
    [{ text: 'Needle HAY' }, { scenario: 'a-needle-in-hay' }],
  ] as [Record<string, string>, Partial<Run>][])('is narrowed by %j', async (query, fits) => {
    await stored();
    const wanted = await stored(fits);
    expect((await page(query)).runs.map(({ id }) => id)).toEqual([wanted]);
  });

  test('is narrowed by leg, failure and cause of a real run', async () => {
    const failed = await playScenario(bench, 'bad-nonce');
    const { code, leg } = failed.failure ?? {};
    const query = { failure: String(code), leg: String(leg), cause: String(failed.cause?.code) };
    expect((await page(query)).runs.map(({ id }) => id)).toEqual([failed.id]);
    expect((await page({ ...query, leg: 'authorize' })).runs).toEqual([]);
  });

  test.each([
    ['verdict', 'maybe'],
    ['cause', 'ghost'],
    ['fromDay', '22.11.2026'],
    ['limit', '0'],
    ['limit', '201'],
    ['limit', '5e1'],
    ['limit', ''],
    ['cursor', '5'],
    ['cursor', "1_'; drop table runs; --"],
    ['text', 'x'.repeat(201)],
    ['place', 'x'.repeat(121)],
  ])('refuses %s=%s and names it', async (name, value) => {
    const { status, code, message } = await refusal(await list({ [name]: value }));
    expect([status, code]).toEqual([400, 'api.bad_request']);
    expect(message).toContain(name);
  });

  test('refuses a parameter it does not know, and one that is given twice', async () => {
    const { status, code, message } = await refusal(await list('verdikt=failed'));
    expect([status, code]).toEqual([400, 'api.bad_request']);
    expect(message).toContain('verdikt');
    expect(await refusal(await list('verdict=failed&verdict=match'))).toMatchObject({
      status: 400,
      code: 'api.bad_request',
    });
  });

  test('carries no URL, no header and no body of a run', async () => {
    const run = await playScenario(bench, 'match');
    const text = await (await list({ text: run.id })).text();
    expect(RunsReply.parse(JSON.parse(text)).runs).toHaveLength(1);
    expect(text).not.toMatch(/https?:|‹|authorization/i);
  });

  test('is for the key alone (PR8)', async () => {
    const headers = { authorization: 'Bearer nvi_another' };
    for (const [method, path] of [
      ['GET', '/v1/runs'],
      ['DELETE', `/v1/runs/${randomUUID()}`],
      ['POST', `/v1/runs/${randomUUID()}/pin`],
      ['POST', '/v1/numbers/forget'],
    ] as const)
      expect((await call(bench, method, path, undefined, headers)).status).toBe(401);
  });
});

describe('deleting a run', () => {
  test('takes it out of the list and answers nothing', async () => {
    const id = await stored();
    const response = await call(bench, 'DELETE', `/v1/runs/${id}`);
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect((await page({ text: id })).runs).toEqual([]);
    expect(await refusal(await call(bench, 'GET', `/v1/runs/${id}`))).toMatchObject({
      status: 404,
      code: 'api.not_found',
    });
    expect(await refusal(await call(bench, 'DELETE', `/v1/runs/${id}`))).toMatchObject({ status: 404 });
  });

  test('is refused while the run is in flight', async () => {
    const { run } = await createRun(bench, createRequest());
    expect(await refusal(await call(bench, 'DELETE', `/v1/runs/${run.id}`))).toMatchObject({
      status: 409,
      code: 'api.run_in_flight',
    });
    expect((await readRun(bench, run.id)).id).toBe(run.id);
  });

  test('is refused for what is no id', async () => {
    expect(await refusal(await call(bench, 'DELETE', '/v1/runs/all'))).toMatchObject({ status: 400 });
  });
});

describe('pinning a run', () => {
  const pin = (id: string, body: unknown) => call(bench, 'POST', `/v1/runs/${id}/pin`, body);

  test('shows in the list, and is taken back the same way', async () => {
    const id = await stored();
    for (const pinned of [true, true, false]) {
      expect(PinRequest.parse(await (await pin(id, { pinned })).json())).toEqual({ pinned });
      expect((await page({ text: id })).runs).toMatchObject([{ pinned }]);
    }
  });

  test('is refused for a run there is not, and for another body', async () => {
    expect(await refusal(await pin(randomUUID(), { pinned: true }))).toMatchObject({
      status: 404,
      code: 'api.not_found',
    });
    const id = await stored();
    for (const body of [{}, { pinned: 'yes' }, { pinned: true, more: 1 }])
      expect(await refusal(await pin(id, body))).toMatchObject({ status: 400, code: 'api.bad_request' });
  });
});

describe('forgetting a number', () => {
  const forget = (body: unknown) => call(bench, 'POST', '/v1/numbers/forget', body);

  test('takes the mask out of every run of that number, and out of no other', async () => {
    const [one, again, other] = [
      await playScenario(bench, 'match'),
      await playScenario(bench, 'match'),
      await playScenario(bench, 'no-match'),
    ];
    const numberHash = hashOf(numberOf(bench, 'match'));
    const before = (await page({ text: 'match', limit: '200' })).runs.filter(({ mask }) => mask !== null);
    const { runs } = ForgetNumberReply.parse(await (await forget({ numberHash })).json());
    expect(runs).toBeGreaterThanOrEqual(2);
    for (const { id } of [one, again]) expect(await readRun(bench, id)).toMatchObject({ number: null });
    expect((await readRun(bench, one.id)).verdict).toBe('match');
    expect((await readRun(bench, other.id)).number).toEqual(other.number);
    const after = (await page({ text: 'match', limit: '200' })).runs.filter(({ mask }) => mask !== null);
    expect(before.length - after.length).toBe(runs);
    expect(ForgetNumberReply.parse(await (await forget({ numberHash })).json())).toEqual({ runs: 0 });
  });

  test('takes a SHA-256 and nothing else: no number, no mask, no second member', async () => {
    const numberHash = hashOf('+447700900999');
    for (const body of [
      {},
      { numberHash: '+447700900901' },
      { numberHash: numberHash.toUpperCase() },
      { numberHash, number: '+447700900901' },
    ])
      expect(await refusal(await forget(body))).toMatchObject({ status: 400, code: 'api.bad_request' });
  });

  test('neither the hash nor its digest is in a line of the log (PR3)', async () => {
    const numberHash = hashOf(numberOf(bench, 'match'));
    await forget({ numberHash });
    expect(bench.log.join('')).not.toContain(numberHash);
  });
});
