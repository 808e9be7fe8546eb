import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { addKey } from '../../../backend/access/access-key.ts';
import { createCallBudget } from '../../../backend/legs/call-budget.ts';
import { sharedCounts } from '../../../backend/plugins/shared-counts.ts';
import { LOOPBACK_ONLY } from '../../../backend/sharing.ts';
import type { DoorStore } from '../../../backend/store/door/door-store.ts';
import { openPostgresDoor } from '../../../backend/store/door/open-postgres-door.ts';
import type { Send } from '../../../backend/upstream/send.ts';
import { type Bench, call, createRequest, startBench } from '../../support/bench.ts';
import { profileAt } from '../../support/fixtures.ts';
import { type Postgres, startPostgres } from '../../support/postgres.ts';

const PUBLIC = { ...LOOPBACK_ONLY, publicUrl: 'https://verify.example', hosts: ['verify.example'] };
/** One moment, so that no minute and no day ends in a test. */
const NOW = Date.UTC(2026, 10, 22, 12, 0, 20);
let clock = NOW;
let postgres: Postgres;
let doors: DoorStore[];
let instances: Bench[];
const trouble: unknown[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  const url = await postgres.database();
  const report = (error: unknown) => void trouble.push(error);
  doors = [await openPostgresDoor(url, report), await openPostgresDoor(url, report)];
  const rates = { runs: 10, calls: 60, refusals: 30 };
  const start = (door: DoorStore) =>
    startBench({
      door,
      sharing: PUBLIC,
      now: () => clock,
      limits: { rates, isOneOfSeveral: true },
    });
  instances = await Promise.all(doors.map(start));
}, 60_000);
afterAll(async () => {
  const before = trouble.length;
  await Promise.all(instances.map((one) => one.close()));
  await postgres.close();
  expect(trouble.slice(0, before)).toEqual([]);
});

const one = (at: number) => {
  const [instance, door] = [instances[at], doors[at]];
  if (!instance || !door) throw new Error(`no instance ${at}`);
  return { ...instance, door };
};

async function keyHeaders(): Promise<Record<string, string>> {
  const { key } = await addKey(one(0).door, { label: 'x', scope: 'run', expiresAt: null }, NOW);
  return { authorization: `Bearer ${key}` };
}

describe('two instances on one PostgreSQL', () => {
  test('count together: a limit reached at one is reached at the other at once (B15)', async () => {
    const headers = await keyHeaders();
    const begin = async (at: number) =>
      (await call(one(at), 'POST', '/v1/runs', createRequest(), headers)).status;
    for (let run = 0; run < 10; run += 1) expect(await begin(0)).toBe(201);
    expect(await begin(1)).toBe(429);
    expect(await begin(0)).toBe(429);
  });

  test('let exactly as many calls in as one would, of all at once (B15)', async () => {
    const headers = await keyHeaders();
    const answers = await Promise.all(
      Array.from({ length: 150 }, (_, at) => call(one(at % 2), 'GET', '/v1/access-key', undefined, headers)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(90);
    expect(new Set(refused.map((answer) => answer.headers.get('retry-after')))).toEqual(new Set(['40']));
  });

  test('check a profile once in five seconds between them, and say for how long to wait', async () => {
    const headers = await keyHeaders();
    const check = (at: number) => call(one(at), 'POST', '/v1/profiles/simulated/check', undefined, headers);
    const answers = await Promise.all([check(0), check(1)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 429]);
    const refused = answers.findIndex(({ status }) => status === 429);
    expect(answers[refused]?.headers.get('retry-after')).toBe('5');
    // Not for longer than the other one's pause.
    clock += 5000;
    expect((await check(refused)).status).toBe(200);
    clock = NOW;
  });

  test('ask the database a few times for a thousand at once, each of which has a number of its own (B15)', async () => {
    let statements = 0;
    const addHits: DoorStore['addHits'] = (hits) => {
      statements += 1;
      return one(0).door.addHits(hits);
    };
    const store = new (sharedCounts({ addHits }, () => NOW))({});
    const count = (key: string) =>
      new Promise<number>((resolve, reject) => {
        store.incr(
          key,
          (error, counted) => (counted ? resolve(counted.current) : reject(error)),
          60_000,
          2000,
        );
      });
    const numbers = await Promise.all(
      Array.from({ length: 1000 }, (_, at) => count(at % 2 === 0 ? 'even' : 'odd')),
    );
    const upTo500 = Array.from({ length: 500 }, (_, at) => at + 1);
    expect(numbers.filter((_, at) => at % 2 === 0)).toEqual(upTo500);
    expect(numbers.filter((_, at) => at % 2 === 1)).toEqual(upTo500);
    expect(statements).toBeLessThan(5);
  });

  test('keep to one budget a day, to the call (T32)', async () => {
    const profile = profileAt('https://api.example', { id: 'tight' });
    let sent = 0;
    const send: Send = async () => {
      sent += 1;
      return { kind: 'answered', status: 200, headers: [], body: '', durationMs: 0 };
    };
    const configured = { profile, clientSecret: '', dailyCalls: 321 };
    const guarded = doors.map((door) => {
      return createCallBudget(door, [configured], () => NOW).guarded(configured, send);
    });
    const request = { method: 'POST' as const, url: profile.tokenUrl, headers: {}, body: '' };
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, at) => guarded[at % 2]?.(request) ?? Promise.reject(new Error())),
    );
    expect(sent).toBe(321);
    expect(answers.filter((answer) => answer.kind === 'failed')).toHaveLength(679);
    expect(await one(1).door.callsMade('tight', '2026-11-22')).toBe(321);
  });
});
