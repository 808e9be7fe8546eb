import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { addKey } from '../../../backend/access/access-key.ts';
import { LOOPBACK_ONLY } from '../../../backend/sharing.ts';
import type { DoorStore } from '../../../backend/store/door/door-store.ts';
import { openSqliteDoor } from '../../../backend/store/door/open-sqlite-door.ts';
import { type Bench, type BenchOptions, call, createRequest, startBench } from '../../support/bench.ts';

const PUBLIC = { ...LOOPBACK_ONLY, publicUrl: 'https://verify.example', hosts: ['verify.example'] };
const RATES = { runs: 3, calls: 100, refusals: 30 };

interface Place extends Bench {
  door: DoorStore;
  key(): Promise<string>;
}

const open: Place[] = [];
async function place(options: BenchOptions = {}): Promise<Place> {
  const door = await openSqliteDoor({ folder: null });
  const bench = await startBench({
    door,
    sharing: PUBLIC,
    limits: { rates: RATES },
    ...options,
  });
  const made = {
    ...bench,
    door,
    key: async () => (await addKey(door, { label: 'x', scope: 'run', expiresAt: null }, Date.now())).key,
  };
  open.push(made);
  return made;
}
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** Like a proxy in front of the backend, unless it is spoofed. */
const from = (address: string, key = `nvi_${'x'.repeat(32)}`) => ({
  authorization: `Bearer ${key}`,
  'x-forwarded-for': address,
});
const ask = (bench: Pick<Bench, 'url'>, headers: Record<string, string>) =>
  call(bench, 'GET', '/v1/access-key', undefined, headers);
const believing = { sharing: { ...PUBLIC, trustedProxies: ['127.0.0.1/32'] } };
const times = <T>(count: number, ask: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => ask(at)));

describe('what one access key may ask for in a minute (B15)', () => {
  test('is a number of calls: of all at once the others are 429 with the time, and nobody else notices', async () => {
    const bench = await place();
    const [greedy, other] = [await bench.key(), await bench.key()];
    const answers = await times(250, () => ask(bench, from('198.51.100.1', greedy)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(150);
    const seconds = refused[0]?.headers.get('retry-after') ?? '';
    expect(seconds).toMatch(/^([1-9]|[1-5]\d|60)$/);
    const [said] = await Promise.all(refused.map((answer) => answer.json()));
    expect(said.error).toMatchObject({
      code: 'api.rate_limited',
      message: `This access key may make 100 calls a minute, and it has. Try again in ${seconds} s.`,
    });
    expect((await ask(bench, from('198.51.100.1', other))).status).toBe(200);
    expect((await fetch(`${bench.url}/healthz`)).status).toBe(200);
  });

  test('is so many runs begun, which leaves all other calls alone', async () => {
    const bench = await place();
    const headers = from('198.51.100.1', await bench.key());
    const statuses = await times(5, async () => {
      return (await call(bench, 'POST', '/v1/runs', createRequest(), headers)).status;
    });
    expect(statuses.toSorted()).toEqual([201, 201, 201, 429, 429]);
    expect((await ask(bench, headers)).status).toBe(200);
  });

  test('is as much again for files of runs: while those are refused, a person begins, reads and reports a run', async () => {
    const bench = await place({ limits: { rates: { runs: 3, calls: 5, refusals: 0 } } });
    const headers = from('198.51.100.1', await bench.key());
    const created = createRequest();
    const asked = async (method: string, path: string, body?: unknown) =>
      (await call(bench, method, path, body, headers)).status;
    const reading = () => asked('GET', `/v1/runs/${created.id}?for=file`);
    const files = await times(6, (at) => (at < 3 ? asked('POST', '/v1/imports', {}) : reading()));
    expect(files.filter((status) => status === 429)).toHaveLength(1);
    expect(await asked('POST', '/v1/runs', created)).toBe(201);
    expect(await reading()).toBe(429);
    expect(await asked('GET', `/v1/runs/${created.id}`)).toBe(200);
    const chainEnd = { kind: 'cancelled', url: null, atMs: 5 };
    const report = { hops: [], chainEnd, failure: null };
    expect(await asked('POST', `/v1/runs/${created.id}/chain-end`, report)).toBe(200);
  });

  test('is anything where nothing is set, as on loopback', async () => {
    const bench = await startBench();
    onTestFinished(() => bench.close());
    const answers = await times(20, () => call(bench, 'POST', '/v1/runs', createRequest()));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  });
});

describe('what one address may ask for in a minute (B15)', () => {
  test('is what twenty keys may; then the twenty-first is refused there, and let in from elsewhere', async () => {
    const bench = await place({ ...believing, limits: { rates: { runs: 1, calls: 1, refusals: 0 } } });
    const keys = await times(61, () => bench.key());
    const answers = await Promise.all(keys.map((key) => ask(bench, from('198.51.100.1', key))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    const [said] = await Promise.all(refused.map((answer) => answer.json()));
    expect(said.error.message).toMatch(/^Too many calls come from this address\. Try again/);
    expect((await ask(bench, from('198.51.100.2', await bench.key()))).status).toBe(200);
  });

  test('is thirty wrong keys: then no other wrong one is answered there, and a right one comes in all the same', async () => {
    const bench = await place(believing);
    const right = await bench.key();
    for (let guess = 0; guess < 30; guess += 1) {
      expect((await ask(bench, from('198.51.100.1'))).status).toBe(401);
    }
    const refused = await ask(bench, from('198.51.100.1'));
    expect([refused.status, (await refused.json()).error.code]).toEqual([429, 'api.rate_limited']);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    // A colleague behind the same router, in the middle of a run.
    expect((await ask(bench, from('198.51.100.1', right))).status).toBe(200);
    expect((await ask(bench, from('198.51.100.2'))).status).toBe(401);
    // Whoever has one IPv6 address has all beside it.
    for (let guess = 0; guess < 30; guess += 1) await ask(bench, from(`2001:db8:0:1::${guess}`));
    expect((await ask(bench, from('2001:db8:0:1:ffff::1'))).status).toBe(429);
    expect((await ask(bench, from('2001:db8:0:2::1'))).status).toBe(401);
  });

  test('counts pairing codes that are none as well', async () => {
    const bench = await place(believing);
    const guess = () =>
      call(bench, 'POST', '/pair', { code: 'A'.repeat(22) }, from('198.51.100.1')).then(
        ({ status }) => status,
      );
    for (let made = 0; made < 30; made += 1) expect(await guess()).toBe(404);
    expect(await guess()).toBe(429);
  });

  test('is not counted where the counts are out of reach: whoever may come in comes in', async () => {
    const door = await openSqliteDoor({ folder: null });
    const addHits = () => Promise.reject(new Error('away'));
    const bench = await place({
      door: { ...door, addHits },
      limits: { rates: { runs: 1, calls: 1, refusals: 1 }, isOneOfSeveral: true },
    });
    const { key } = await addKey(door, { label: 'x', scope: 'run', expiresAt: null }, Date.now());
    const answers = await times(5, () => ask(bench, from('198.51.100.1', key)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });
});

describe('X-Forwarded-For (B21)', () => {
  const guessFrom = async (url: string, address: (at: number) => string) => {
    for (let guess = 0; guess < 30; guess += 1)
      expect((await ask({ url }, from(address(guess)))).status).toBe(401);
  };

  test('is not believed without a trusted proxy: another address in each request is one caller', async () => {
    const bench = await place();
    await guessFrom(bench.url, (at) => `203.0.113.${at}`);
    expect((await ask(bench, from('203.0.113.77'))).status).toBe(429);
  });

  test('is not believed from an address that is not in the list', async () => {
    const bench = await place({ sharing: { ...PUBLIC, trustedProxies: ['10.0.0.0/8', '::1'] } });
    await guessFrom(bench.url, (at) => `203.0.113.${at}`);
    expect((await ask(bench, from('203.0.113.77'))).status).toBe(429);
  });

  describe('through a real proxy that is in the list', () => {
    let bench: Place;
    let proxied: string;
    /** What the proxy takes for the address of its own caller. */
    let seen = '203.0.113.1';
    const proxy = createServer((request, response) => {
      const claimed = request.headers['x-forwarded-for'];
      const headers = { ...request.headers, 'x-forwarded-for': claimed ? `${claimed}, ${seen}` : seen };
      const onward = httpRequest(`${bench.url}${request.url}`, { method: request.method, headers });
      onward.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      request.pipe(onward);
    });
    beforeAll(async () => {
      await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
      proxied = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    });
    afterAll(() => {
      proxy.close();
      proxy.closeAllConnections();
    });

    test('it is what the proxy added, whatever its caller claimed before that', async () => {
      bench = await place(believing);
      await guessFrom(proxied, (at) => `192.0.2.${at}`);
      expect((await ask({ url: proxied }, from('192.0.2.99'))).status).toBe(429);
      seen = '203.0.113.2';
      expect((await ask({ url: proxied }, from('192.0.2.99'))).status).toBe(401);
    });
  });
});
