import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';

import type { CreateRunRequest } from '#protocol/backend-api.ts';
import { NOT_KEPT, summaryOf } from '#protocol/run-summary.ts';

import { type BackendClient, createBackendClient } from '../../../extension/backend-client/backend-client.ts';
import { BackendProblem } from '../../../extension/backend-client/backend-problem.ts';
import { profileAt, runOf } from '../../support/fixtures.ts';
import { closedPort } from '../../support/sockets.ts';
import { answering, clientOf, KEY, outcomeOf } from './answering-server.ts';

const PROFILE = profileAt('https://api.example');
const RUN = runOf(PROFILE);
const REQUEST: CreateRunRequest = {
  id: RUN.id,
  profileId: PROFILE.id,
  scenario: null,
  capture: 'fetch',
  startedAt: 0,
  utcOffsetMinutes: 0,
  localDay: '2026-11-22',
  number: null,
  conditions: {},
  expectation: 'match',
};
const refusal = (code: string, message = 'Do this.') =>
  JSON.stringify({ error: { code, message, requestId: 'r-1' } });

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('a call', () => {
  test('carries the key, no cookie, and its body as JSON (B1)', async () => {
    const seen: { request: IncomingMessage; body: string }[] = [];
    const client = await clientOf(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      seen.push({ request, body });
      response.setHeader('set-cookie', 'a=1');
      response.end(JSON.stringify({ run: RUN, authorizeUrl: 'https://api.example/authorize' }));
    });
    expect(await client.createRun(REQUEST)).toEqual({
      run: RUN,
      authorizeUrl: 'https://api.example/authorize',
    });
    expect(seen[0]?.request).toMatchObject({ method: 'POST', url: '/v1/runs' });
    expect(seen[0]?.request.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
    });
    expect(seen[0]?.request.headers.cookie).toBeUndefined();
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual(REQUEST);
  });

  test('gives back what the backend said', async () => {
    const profiles = await answering(200, JSON.stringify({ profiles: [PROFILE] }));
    expect(await profiles.profiles()).toEqual({ profiles: [PROFILE] });
    const run = await answering(200, JSON.stringify(RUN));
    expect(await run.readRun(RUN.id)).toEqual(RUN);
  });
});

describe('a call that the backend has to ask an operator for', () => {
  const seen: string[] = [];
  const told = (reply: object) =>
    clientOf(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      seen.push(`${request.method} ${request.url} ${body}`);
      response.end(JSON.stringify(reply));
    });

  test('posts the other form and its hash, and gives back the run', async () => {
    const numberHash = 'a'.repeat(64);
    const client = await told(RUN);
    expect(await client.askHashDoctor(RUN.id, { form: 'plain', numberHash })).toEqual(RUN);
    expect(seen.at(-1)).toBe(
      `POST /v1/runs/${RUN.id}/hash-doctor ${JSON.stringify({ form: 'plain', numberHash })}`,
    );
  });

  test('asks for a profile by its id, which stays one part of the path', async () => {
    const reply = {
      profileId: 'p',
      lines: [
        {
          name: 'token',
          result: 'failed',
          seen: '401',
          why: null,
          failure: 'token.invalid_client',
          owner: 'client_setup',
          cure: 'check_credentials',
          durationMs: 3,
        },
      ],
    };
    const client = await told(reply);
    expect(await client.checkProfile('p')).toEqual(reply);
    expect(seen.at(-1)).toBe('POST /v1/profiles/p/check ');
    await client.checkProfile('../runs/x');
    expect(seen.at(-1)).toBe('POST /v1/profiles/..%2Fruns%2Fx/check ');
    expect(await outcomeOf((await told({ profileId: 'p', lines: [{}] })).checkProfile('p'))).toBe(
      'backend_not_ours',
    );
  });

  test('waits for as long as an operator may take, and no longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const patient = await clientOf((_, response) => {
      vi.advanceTimersByTime(20_000);
      response.end(JSON.stringify(RUN));
    });
    expect(await patient.askHashDoctor(RUN.id, { form: 'plain', numberHash: 'a' })).toEqual(RUN);
    const late = await clientOf(() => vi.advanceTimersByTime(30_001));
    expect(await outcomeOf(late.checkProfile('p'))).toBe('backend_unreachable');
  });
});

describe('a refusal', () => {
  test.each([
    [401, 'api.unauthorized', 'backend_refused_key'],
    [404, 'api.unknown_profile', 'unknown_profile'],
    [409, 'api.hash_doctor_refused', 'hash_doctor_refused'],
    [429, 'api.rate_limited', 'rate_limited'],
    [429, 'api.budget_spent', 'budget_spent'],
    [503, 'api.storage_unavailable', 'backend_storage_away'],
    [409, 'api.idempotency_conflict', 'backend_error'],
    [500, 'api.internal', 'backend_error'],
  ])('%i %s is %s, in the backend’s words (B1)', async (status, apiCode, code) => {
    const client = await answering(status, refusal(apiCode));
    const problem = await client.profiles().catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(BackendProblem);
    expect(problem).toMatchObject({ code, detail: 'Do this.', apiCode });
  });

  test('says from when on asking again makes sense, as its Retry-After does', async () => {
    const client = await clientOf((_, response) => {
      response.writeHead(429, { 'retry-after': '30' }).end(refusal('api.rate_limited'));
    });
    const before = Date.now();
    const problem = (await client.profiles().catch((error: unknown) => error)) as BackendProblem;
    expect(problem.told()).toEqual({ code: 'rate_limited', detail: 'Do this.', until: expect.any(Number) });
    expect(problem.told().until).toBeGreaterThanOrEqual(before + 30_000);
  });

  test.each([
    [401, 'Unauthorized', 'text/plain'],
    [404, '<html>It works!</html>', 'text/html'],
    [500, '{"error":"oops"}', 'application/json'],
    [503, refusal('api.of_another_time'), 'application/json'],
    [502, '', 'text/html'],
  ])('%i with %s is not taken for our backend’s', async (status, body, contentType) => {
    const client = await answering(status, body, contentType);
    await expect(client.profiles()).rejects.toMatchObject({
      code: 'backend_not_ours',
      detail: `status ${status}`,
    });
  });
});

describe('an answer that is none', () => {
  test.each([
    ['<html>It works!</html>', 'a page'],
    ['', 'nothing'],
    ['null', 'null'],
    ['{"profiles":[{}]}', 'something like it'],
    ['{"profiles":', 'half of one'],
  ])('%s is %s and not our backend’s', async (body) => {
    const client = await answering(200, body);
    expect(await outcomeOf(client.profiles())).toBe('backend_not_ours');
  });

  test('a redirect is not followed, and the key goes nowhere else (PR9)', async () => {
    let asked = 0;
    const elsewhere = await clientOf((_, response) => {
      asked += 1;
      response.end();
    });
    await outcomeOf(elsewhere.profiles());
    expect(asked).toBe(1);
    const client = await clientOf((request, response) => {
      asked += 1;
      response.writeHead(307, { location: request.url === '/elsewhere' ? '/x' : '/elsewhere' }).end();
    });
    expect(await outcomeOf(client.profiles())).toBe('backend_unreachable');
    expect(asked).toBe(2);
  });

  test('nobody listening, and a connection that breaks before or within the answer, are one thing: unreachable', async () => {
    const nobody = createBackendClient({ url: `http://127.0.0.1:${await closedPort()}`, key: KEY });
    expect(await outcomeOf(nobody.profiles())).toBe('backend_unreachable');
    const breaking = await clientOf((request) => request.socket.destroy());
    expect(await outcomeOf(breaking.profiles())).toBe('backend_unreachable');
    const halfway = await clientOf((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"profiles":', () => response.socket?.destroy());
    });
    expect(await outcomeOf(halfway.profiles())).toBe('backend_unreachable');
  });
});

describe('an answer that takes too long', () => {
  const JUST_LATE = 5001;

  /** Answers with the beginning of a body; once the call has that, time passes. */
  async function halfAnAnswer(status: number): Promise<unknown> {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const fetching = vi.spyOn(globalThis, 'fetch');
    const client = await clientOf((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).write('{"');
    });
    const outcome = outcomeOf(client.profiles());
    await fetching.mock.results[0]?.value;
    vi.advanceTimersByTime(JUST_LATE);
    return outcome;
  }

  test('to begin is given up as unreachable', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const client = await clientOf(() => vi.advanceTimersByTime(JUST_LATE));
    expect(await outcomeOf(client.profiles())).toBe('backend_unreachable');
  });

  test('to end is given up too, so that no run hangs on half an answer', async () => {
    expect(await halfAnAnswer(200)).toBe('backend_unreachable');
  });

  test('to refuse is given up too', async () => {
    expect(await halfAnAnswer(500)).toBe('backend_unreachable');
  });
});

describe('the history', () => {
  /** What a call asked for, answered with this. */
  async function seen(call: (client: BackendClient) => Promise<unknown>, status: number, answer: string) {
    const asked: string[] = [];
    const client = await clientOf((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      request.on('data', (chunk) => asked.push(String(chunk)));
      request.on('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end(answer));
    });
    return { outcome: await outcomeOf(call(client)), asked };
  }
  const page = JSON.stringify({ runs: [summaryOf(RUN, NOT_KEPT)], next: `${RUN.startedAt}_${RUN.id}` });

  test('a page is asked for with what is set of the filter, and nothing of what is not', async () => {
    const filter = { text: 'a b&c=ü', verdict: 'failed' } as const;
    const { outcome, asked } = await seen((client) => client.listRuns(filter, '5_x', 50), 200, page);
    expect(asked).toEqual(['GET /v1/runs?text=a+b%26c%3D%C3%BC&verdict=failed&cursor=5_x&limit=50']);
    expect(outcome).toEqual(JSON.parse(page));
    const first = await seen((client) => client.listRuns({}, null, 1), 200, page);
    expect(first.asked).toEqual(['GET /v1/runs?limit=1']);
  });

  test('deleting, pinning and forgetting say what they are about, and read what they are told', async () => {
    const id = RUN.id;
    expect(await seen((client) => client.deleteRun(id), 204, '')).toEqual({
      asked: [`DELETE /v1/runs/${id}`],
      outcome: null,
    });
    expect(await seen((client) => client.pinRun(id, true), 200, '{"pinned":true}')).toEqual({
      asked: [`POST /v1/runs/${id}/pin`, '{"pinned":true}'],
      outcome: { pinned: true },
    });
    const numberHash = 'a'.repeat(64);
    expect(await seen((client) => client.forgetNumber(numberHash), 200, '{"runs":2}')).toEqual({
      asked: ['POST /v1/numbers/forget', JSON.stringify({ numberHash })],
      outcome: { runs: 2 },
    });
  });

  test.each<[string, (client: BackendClient) => Promise<unknown>, string]>([
    ['a list without a cursor', (client) => client.listRuns({}, null, 50), '{"runs":[]}'],
    [
      'a line with half of what it has',
      (client) => client.listRuns({}, null, 50),
      '{"runs":[{"id":"x"}],"next":null}',
    ],
    ['a deletion that answers with something', (client) => client.deleteRun(RUN.id), '{"deleted":true}'],
    ['a pin that says nothing', (client) => client.pinRun(RUN.id, true), '{}'],
    ['a number of runs in words', (client) => client.forgetNumber('a'.repeat(64)), '{"runs":"two"}'],
  ])('%s is not our backend’s', async (_, call, answer) => {
    expect((await seen(call, 200, answer)).outcome).toBe('backend_not_ours');
  });
});
