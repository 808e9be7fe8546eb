import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ApiError, CreateRunReply, ProfilesReply } from '#protocol/backend-api.ts';

import { type Bench, call, createRequest, OPERATOR_CLIENT, startBench } from '../../support/bench.ts';
import { profileAt } from '../../support/fixtures.ts';
import { readRun } from '../../support/node-walker.ts';

let bench: Bench;
beforeAll(async () => {
  const live = {
    profile: profileAt('https://api.example', { id: 'live' }),
    clientSecret: 'live-secret-canary',
  };
  bench = await startBench({ profiles: [live] });
});
afterAll(() => bench.close());

const create = (change = {}) => call(bench, 'POST', '/v1/runs', createRequest(change));
const codeOf = async (response: Response) => ApiError.parse(await response.json()).error.code;

test('a new run is 201, opened on the profile as it is now, and walks to the operator', async () => {
  const request = createRequest();
  const response = await call(bench, 'POST', '/v1/runs', request);
  expect(response.status).toBe(201);
  const { run, authorizeUrl } = CreateRunReply.parse(await response.json());
  expect(run).toMatchObject({
    id: request.id,
    phase: 'authorizing',
    origin: 'simulated',
    scenario: 'match',
    number: request.number,
    conditions: request.conditions,
    verdict: null,
    profile: { id: 'simulated', clientId: OPERATOR_CLIENT.id },
  });
  const asked = new URL(authorizeUrl);
  expect(asked.origin + asked.pathname).toBe(bench.operator.authorizeUrl);
  expect(asked.searchParams.get('correlation_id')).toBe(run.correlationId);
  expect(await readRun(bench, request.id)).toEqual(run);
});

test('the same body again is the same answer, and the same run (B16)', async () => {
  const request = createRequest();
  const first = await call(bench, 'POST', '/v1/runs', request);
  const again = await call(bench, 'POST', '/v1/runs', request);
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(await again.json()).toEqual(await first.json());
});

test('the same body a hundred times at once makes one run (B16)', async () => {
  const request = createRequest();
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => call(bench, 'POST', '/v1/runs', request)),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const bodies = await Promise.all(answers.map((one) => one.text()));
  expect(new Set(bodies).size).toBe(1);
});

test('another body under the same id is refused with 409 (B17)', async () => {
  const { id } = createRequest();
  await create({ id });
  const response = await create({ id, scenario: 'no-match' });
  expect(response.status).toBe(409);
  expect(await codeOf(response)).toBe('api.idempotency_conflict');
});

test('a live profile makes a live run, without a scenario parameter', async () => {
  const { run, authorizeUrl } = CreateRunReply.parse(
    await (await create({ profileId: 'live', scenario: null })).json(),
  );
  expect(run.origin).toBe('live');
  expect(new URL(authorizeUrl).searchParams.has('scenario')).toBe(false);
});

describe('what is not there is 404, by name', () => {
  test.each([
    ['a profile', { profileId: 'nobody' }, 'api.unknown_profile'],
    ['a profile named like a member of Object', { profileId: '__proto__' }, 'api.unknown_profile'],
    ['a scenario', { scenario: 'sunshine' }, 'api.unknown_scenario'],
    ['a scenario of a live profile', { profileId: 'live' }, 'api.unknown_scenario'],
  ])('%s', async (_name, change, code) => {
    const response = await create(change);
    expect(response.status).toBe(404);
    expect(await codeOf(response)).toBe(code);
  });

  test.each([
    ['GET', ''],
    ['POST', '/callback'],
    ['POST', '/chain-end'],
  ])('a run: %s /v1/runs/:id%s (B20)', async (method, path) => {
    const body =
      path === '/callback'
        ? {
            callbackUrl: 'https://a.example',
            numberHash: '0'.repeat(64),
            hops: [],
            chainEnd: end('callback'),
          }
        : { failure: null, hops: [], chainEnd: end('cancelled') };
    const response = await call(
      bench,
      method,
      `/v1/runs/${randomUUID()}${path}`,
      method === 'GET' ? undefined : body,
    );
    expect(response.status).toBe(404);
    expect(await codeOf(response)).toBe('api.not_found');
  });
});

const end = (kind: string) => ({ kind, url: null, atMs: 1 });

describe('a request that has not the expected form is 400', () => {
  test.each([
    ['an id that is no UUID', { id: 'run-1' }],
    ['SQL for an id (B20)', { id: "1'; DROP TABLE runs; --" }],
    ['a number in clear for a mask (PR3)', { number: { mask: '+447700900901', country: 'GB' } }],
    ['a country that is none', { number: { mask: '+44 ••• 901', country: 'Britain' } }],
    ['a day that is none', { localDay: '2026-13-01' }],
    ['an offset of two days', { utcOffsetMinutes: 2880 }],
    ['a capture nobody knows', { capture: 'guess' }],
    ['an array for a string (B10)', { profileId: ['simulated'] }],
    ['a member nobody knows (B9)', { ownerId: 'someone-else' }],
    ['21 tags', { conditions: { tags: Array(21).fill({ value: 'x', basis: 'stated', at: 1 }) } }],
    [
      'a condition of 121 characters',
      { conditions: { place: { value: 'x'.repeat(121), basis: 'stated', at: 1 } } },
    ],
  ])('%s', async (_name, change) => {
    const response = await create(change);
    expect(response.status).toBe(400);
    expect(await codeOf(response)).toBe('api.bad_request');
  });

  test('no body at all (B6)', async () => {
    expect((await call(bench, 'POST', '/v1/runs')).status).toBe(400);
    const empty = await call(bench, 'POST', '/v1/runs', undefined, { 'content-type': 'application/json' });
    expect([empty.status, await codeOf(empty)]).toEqual([400, 'api.bad_request']);
  });
});

test('profiles are told without any secret (PR2)', async () => {
  const text = await (await call(bench, 'GET', '/v1/profiles')).text();
  const { profiles } = ProfilesReply.parse(JSON.parse(text));
  expect(profiles.map(({ id }) => id)).toEqual(['live', 'simulated']);
  expect(profiles[1]?.simulator?.scenarios.map(({ name }) => name)).toContain('match');
  expect(text).not.toContain('live-secret-canary');
  expect(text).not.toContain(OPERATOR_CLIENT.secret);
  // What a scenario says of itself may name a secret; nothing may hold one.
  const names = [...text.matchAll(/"(\w+)":/g)].map(([, name = '']) => name.toLowerCase());
  expect(names).toContain('clientid');
  expect(names.filter((name) => name.includes('secret'))).toEqual([]);
});

test('healthz says that it is alive and who answers, and asks for no key', async () => {
  const response = await fetch(`${bench.url}/healthz`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok', service: 'number-verify-inspector' });
});
