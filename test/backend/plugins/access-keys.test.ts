import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { addKey } from '../../../backend/access/access-key.ts';
import { offerKey, PAIRING_MS } from '../../../backend/access/pairing.ts';
import { LOOPBACK_ONLY } from '../../../backend/sharing.ts';
import type { AccessKey, DoorStore, Scope } from '../../../backend/store/door/door-store.ts';
import { openSqliteDoor } from '../../../backend/store/door/open-sqlite-door.ts';
import { ACCESS_KEY, type Bench, call, createRequest, startBench } from '../../support/bench.ts';

/** A backend for several people, and its clock. */
const PUBLIC = { ...LOOPBACK_ONLY, publicUrl: 'https://verify.example', hosts: ['verify.example'] };
const DAY_MS = 86_400_000;
let door: DoorStore;
let bench: Bench;
let clock = Date.now();

beforeAll(async () => {
  door = await openSqliteDoor({ folder: null, now: () => clock });
  bench = await startBench({ door, sharing: PUBLIC, now: () => clock });
});
afterAll(() => bench.close());

interface Person {
  key: string;
  kept: AccessKey;
  ask(method: string, path: string, body?: unknown): Promise<Response>;
  status(method: string, path: string, body?: unknown): Promise<number>;
}

async function person(scope: Scope, expiresAt: number | null = null, on = bench): Promise<Person> {
  const added = await addKey(door, { label: `A ${scope}`, scope, expiresAt }, clock);
  const ask = (method: string, path: string, body?: unknown) =>
    call(on, method, path, body, { authorization: `Bearer ${added.key}` });
  return { ...added, ask, status: async (...args) => (await ask(...args)).status };
}

const codeOf = async (response: Response) => [response.status, (await response.json()).error?.code];

/** A run of this person that has ended. */
async function runOf(who: Person): Promise<string> {
  const request = createRequest();
  const created = await who.ask('POST', '/v1/runs', request);
  expect(created.status).toBe(201);
  const chainEnd = { kind: 'cancelled', url: null, atMs: 5 };
  const ended = await who.ask('POST', `/v1/runs/${request.id}/chain-end`, {
    hops: [],
    chainEnd,
    failure: null,
  });
  expect(await ended.text()).toContain('event: ended');
  return request.id;
}

describe('an access key (B1, T29)', () => {
  test('opens the door until it is revoked, at once', async () => {
    const { kept, status, ask } = await person('run');
    expect(await status('GET', '/v1/profiles')).toBe(200);
    await door.revokeKey(kept.id, clock);
    expect(await codeOf(await ask('GET', '/v1/profiles'))).toEqual([401, 'api.unauthorized']);
  });

  test('opens the door until it expires by the clock on the wall, and says that it did (K8)', async () => {
    const { ask, status } = await person('run', clock + DAY_MS);
    expect(await status('GET', '/v1/profiles')).toBe(200);
    clock += DAY_MS;
    const refused = await ask('GET', '/v1/profiles');
    expect(refused.status).toBe(401);
    expect((await refused.json()).error.message).toContain('expired');
  });

  test('of this machine opens no backend that several people share', async () => {
    expect((await call(bench, 'GET', '/v1/profiles')).status).toBe(401);
    expect((await call(bench, 'GET', '/v1/profiles', undefined, { authorization: '' })).status).toBe(401);
  });

  test('is kept as a digest: nothing in the store opens the door', async () => {
    const { key } = await person('run');
    const listed = await door.keys();
    expect(listed.length).toBeGreaterThan(0);
    for (const one of listed.flatMap((row) => Object.values(row))) {
      expect(String(one)).not.toContain(key.slice(4));
      expect(
        (await call(bench, 'GET', '/v1/profiles', undefined, { authorization: `Bearer ${one}` })).status,
      ).toBe(401);
    }
  });

  test('says what it may do, and notes that it was used', async () => {
    const { kept, ask } = await person('read', clock + DAY_MS);
    expect(await (await ask('GET', '/v1/access-key')).json()).toEqual({
      label: 'A read',
      scope: 'read',
      expiresAt: clock + DAY_MS,
      local: false,
      ownerId: kept.ownerId,
    });
    const noted = (await door.keys()).find(({ id }) => id === kept.id);
    expect(noted?.lastUsedAt).toBe(clock);
  });

  test('is named by its id in the log, also where it was refused; one that is unknown is not', async () => {
    const { kept, status } = await person('read');
    const lines = () => bench.log.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered');
    expect(await status('GET', '/v1/profiles')).toBe(200);
    await expect.poll(lines).toContainEqual(expect.objectContaining({ key: kept.id, status: 200 }));
    expect(await status('POST', '/v1/runs', createRequest())).toBe(403);
    await expect.poll(lines).toContainEqual(expect.objectContaining({ key: kept.id, status: 403 }));
    await call(bench, 'GET', '/v1/campaigns', undefined, { authorization: 'Bearer nvi_nobody' });
    const refused = () => lines().findLast(({ status: one }) => one === 401);
    await expect.poll(refused).toMatchObject({ method: 'GET', route: '/v1/campaigns' });
    expect(refused()).not.toHaveProperty('key');
  });

  test('is given back by who unpairs, once', async () => {
    const { ask, status } = await person('run');
    expect(await (await ask('DELETE', '/v1/access-key')).json()).toEqual({ revoked: true });
    expect(await status('DELETE', '/v1/access-key')).toBe(401);
  });
});

describe('a pairing link', () => {
  const pair = (code: string, on: Pick<Bench, 'url'> = bench) =>
    fetch(`${on.url}/pair`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });

  test('hands its key over once, and to one of many who ask at the same time', async () => {
    const { key, kept } = await person('run');
    const code = await offerKey(door, key, clock);
    const answers = await Promise.all(Array.from({ length: 20 }, () => pair(code)));
    const [won, ...others] = answers.toSorted((a, b) => a.status - b.status);
    expect(await won?.json()).toEqual({ key, label: kept.label, scope: 'run', expiresAt: null });
    expect(others.map(({ status }) => status)).toEqual(others.map(() => 404));
  });

  test('is worth nothing after ten minutes by the clock on the wall (K8), for a key that was revoked, and with another code', async () => {
    const late = await offerKey(door, (await person('run')).key, clock);
    clock += PAIRING_MS;
    expect(await codeOf(await pair(late))).toEqual([404, 'api.pairing_invalid']);
    const revoked = await person('run');
    const code = await offerKey(door, revoked.key, clock);
    await door.revokeKey(revoked.kept.id, clock);
    expect(await codeOf(await pair(code))).toEqual([404, 'api.pairing_invalid']);
    expect(await codeOf(await pair('A'.repeat(22)))).toEqual([404, 'api.pairing_invalid']);
    expect((await pair('short')).status).toBe(400);
  });
});

describe('a scope', () => {
  let own: Record<Scope, Person>;
  let ofRun: string;
  let ofAdmin: string;
  beforeEach(async () => {
    own = { read: await person('read'), run: await person('run'), admin: await person('admin') };
    ofRun = await runOf(own.run);
    ofAdmin = await runOf(own.admin);
  });

  test('lets in where it should, and nowhere else (T29)', async () => {
    const calls: [string, string, unknown, Record<Scope, number>][] = [
      ['GET', '/v1/profiles', undefined, { read: 200, run: 200, admin: 200 }],
      ['GET', '/v1/runs?limit=1', undefined, { read: 200, run: 200, admin: 200 }],
      ['GET', `/v1/runs/${ofRun}`, undefined, { read: 200, run: 200, admin: 200 }],
      ['GET', `/v1/runs/${ofAdmin}`, undefined, { read: 200, run: 404, admin: 200 }],
      ['POST', `/v1/runs/${ofAdmin}/pin`, { pinned: true }, { read: 403, run: 404, admin: 200 }],
      ['POST', `/v1/runs/${ofRun}/pin`, { pinned: true }, { read: 403, run: 200, admin: 200 }],
      ['POST', `/v1/runs/${ofRun}/reference`, { reference: false }, { read: 403, run: 403, admin: 200 }],
      ['POST', '/v1/campaigns/keep', { campaign: 'x', kept: false }, { read: 403, run: 403, admin: 200 }],
      ['POST', '/v1/numbers/forget', { numberHash: '0'.repeat(64) }, { read: 403, run: 200, admin: 200 }],
      ['DELETE', `/v1/runs/${ofAdmin}`, undefined, { read: 403, run: 404, admin: 204 }],
      ['DELETE', `/v1/runs/${ofRun}`, undefined, { read: 403, run: 204, admin: 404 }],
    ];
    const found = [];
    for (const [method, path, body] of calls)
      found.push([
        method,
        path,
        {
          read: await own.read.status(method, path, body),
          run: await own.run.status(method, path, body),
          admin: await own.admin.status(method, path, body),
        },
      ]);
    expect(found).toEqual(calls.map(([method, path, , statuses]) => [method, path, statuses]));
    expect((await codeOf(await own.read.ask('POST', '/v1/runs', createRequest())))[1]).toBe('api.forbidden');
  });

  test('of a person shows their runs in every list and number, and a team’s reader everybody’s (T29)', async () => {
    const ids = async (who: Person) => {
      const { runs } = await (await who.ask('GET', '/v1/runs?limit=100')).json();
      return runs.map(({ id }: { id: string }) => id);
    };
    const numbers = async (who: Person) => {
      const counted = await (await who.ask('GET', '/v1/runs/count')).json();
      const matrix = await (await who.ask('GET', '/v1/coverage?rows=bearer&columns=day')).json();
      return [counted.runs, matrix.total.simulated];
    };
    expect(await ids(own.run)).toEqual([ofRun]);
    expect(await numbers(own.run)).toEqual([1, 1]);
    expect(await ids(own.read)).toEqual(expect.arrayContaining([ofRun, ofAdmin]));
    const all = (await ids(own.admin)).length;
    expect(all).toBeGreaterThan(1);
    expect(await numbers(own.read)).toEqual([all, all]);
  });

  test('of a person shows of the kept campaigns those that their own runs are of (T29)', async () => {
    const stated = (value: string) => ({ campaign: { value, basis: 'stated' as const, at: clock } });
    await own.run.ask('POST', '/v1/runs', createRequest({ conditions: stated('Mine') }));
    await own.admin.ask('POST', '/v1/runs', createRequest({ conditions: stated('Theirs') }));
    for (const campaign of ['Mine', 'Theirs'])
      await own.admin.ask('POST', '/v1/campaigns/keep', { campaign, kept: true });
    const kept = async (who: Person) => (await (await who.ask('GET', '/v1/campaigns')).json()).kept;
    expect(await kept(own.run)).toEqual(['Mine']);
    expect((await kept(own.read)).toSorted()).toEqual(['Mine', 'Theirs']);
  });

  test('does not reach a run by guessing at what another has, in any call with an id (B20, T29)', async () => {
    const stranger = await person('run');
    const body = { hops: [], chainEnd: { kind: 'cancelled', url: null, atMs: 5 }, failure: null };
    const callback = { hops: [], chainEnd: { kind: 'callback', url: null, atMs: 5 } };
    const doctor = { form: 'plain', numberHash: '0'.repeat(64) };
    const unknown = randomUUID();
    for (const [method, path, sent] of [
      ['GET', '', undefined],
      ['POST', '/chain-end', body],
      ['POST', '/callback', { ...callback, callbackUrl: 'https://x.example/', numberHash: '0'.repeat(64) }],
      ['POST', '/hash-doctor', doctor],
      ['POST', '/pin', { pinned: true }],
      ['DELETE', '', undefined],
    ] as const) {
      const answers = [];
      for (const id of [ofRun, unknown]) {
        const { error } = await (await stranger.ask(method, `/v1/runs/${id}${path}`, sent)).json();
        answers.push({ ...error, requestId: '' });
      }
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0].code).toBe('api.not_found');
    }
  });

  test('makes no run under an id that another has', async () => {
    const request = createRequest({ id: ofRun });
    expect(await codeOf(await own.admin.ask('POST', '/v1/runs', request))).toEqual([
      409,
      'api.idempotency_conflict',
    ]);
  });

  test('forgets a number in the runs it may change', async () => {
    const numberHash = 'ab'.repeat(32);
    const withNumber = async (who: Person) => {
      const request = createRequest();
      await who.ask('POST', '/v1/runs', request);
      const chainEnd = { kind: 'cancelled', url: null, atMs: 5 };
      await (
        await who.ask('POST', `/v1/runs/${request.id}/chain-end`, {
          hops: [],
          chainEnd,
          failure: null,
          numberHash,
        })
      ).text();
      return request.id;
    };
    await withNumber(own.run);
    const other = await withNumber(own.admin);
    expect(await (await own.run.ask('POST', '/v1/numbers/forget', { numberHash })).json()).toEqual({
      runs: 1,
    });
    expect((await (await own.admin.ask('GET', `/v1/runs/${other}`)).json()).number).not.toBeNull();
    expect(await (await own.admin.ask('POST', '/v1/numbers/forget', { numberHash })).json()).toEqual({
      runs: 1,
    });
  });
});

test('where the team shares its runs, a person sees them and changes none but their own', async () => {
  const shared = await startBench({
    door: { ...door, close: async () => {} },
    sharing: { ...PUBLIC, teamRuns: true },
    now: () => clock,
  });
  try {
    const [one, other] = [await person('run', null, shared), await person('run', null, shared)];
    const id = await runOf(one);
    expect(await other.status('GET', `/v1/runs/${id}`)).toBe(200);
    expect(await codeOf(await other.ask('DELETE', `/v1/runs/${id}`))).toEqual([403, 'api.forbidden']);
    expect(await one.status('DELETE', `/v1/runs/${id}`)).toBe(204);
  } finally {
    await shared.close();
  }
});

test('on loopback the key of this machine is one step, and does everything', async () => {
  const alone = await startBench();
  try {
    expect(await (await call(alone, 'GET', '/v1/access-key')).json()).toEqual({
      label: '',
      scope: 'admin',
      expiresAt: null,
      local: true,
      ownerId: 'local',
    });
    expect(await (await call(alone, 'DELETE', '/v1/access-key')).json()).toEqual({ revoked: false });
    expect(
      (await call(alone, 'GET', '/v1/profiles', undefined, { authorization: `Bearer ${ACCESS_KEY}` })).status,
    ).toBe(200);
  } finally {
    await alone.close();
  }
});

describe('the door by name', () => {
  test.each([
    ['verify.example', 200],
    ['verify.example:443', 200],
    ['127.0.0.1', 200],
    ['evil.test', 403],
    ['verify.example.evil.test', 403],
    ['xverify.example', 403],
  ])('Host %s is %i where it was configured (B2)', async (host, status) => {
    const { rawCall } = await import('../../support/raw-call.ts');
    const { key } = await person('run');
    const reply = await rawCall(bench.url, [
      'GET /v1/profiles HTTP/1.1',
      `host: ${host}`,
      `authorization: Bearer ${key}`,
    ]);
    expect(reply.status).toBe(status);
  });

  test('https is remembered where the world has it (ASVS 3.4.1)', async () => {
    const { ask } = await person('run');
    expect((await ask('GET', '/v1/profiles')).headers.get('strict-transport-security')).toBe(
      'max-age=31536000',
    );
  });
});
