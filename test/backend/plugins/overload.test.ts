import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';

import { ApiError } from '#protocol/backend-api.ts';

import type { RunningOptions } from '../../../backend/running.ts';
import { type Bench, call, createRequest, startBench } from '../../support/bench.ts';
import { walkScenario } from '../../support/node-walker.ts';

async function benchWith(running: RunningOptions): Promise<Bench> {
  const bench = await startBench({ running });
  onTestFinished(() => bench.close());
  return bench;
}

async function expectOverloaded(response: Response): Promise<void> {
  expect(response.status).toBe(503);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(ApiError.parse(await response.json()).error.code).toBe('api.overloaded');
}

const block = (ms: number) => {
  for (const end = performance.now() + ms; performance.now() < end; );
};

test('while everything waits for its turn, new work is refused with a time to come back, and then is not (B27)', async () => {
  const bench = await benchWith({ overload: { eventLoopDelayMs: 50, heapBytes: 1e12, sampleMs: 100 } });
  const open = async () => (await call(bench, 'POST', '/v1/runs', createRequest())).status;
  await expect.poll(open).toBe(201);
  const busy = setInterval(block, 1, 200);
  let answer: Response;
  do answer = await call(bench, 'POST', '/v1/runs', createRequest());
  while (answer.status !== 503);
  clearInterval(busy);
  await expectOverloaded(answer);
  await expect.poll(open).toBe(201);
});

test('near the end of the memory the probes answer, and what ends a run is let in (B27)', async () => {
  const full = await benchWith({ overload: { eventLoopDelayMs: 1e9, heapBytes: 1, sampleMs: 100 } });
  await expect.poll(async () => (await call(full, 'GET', '/v1/profiles')).status).toBe(503);
  await expectOverloaded(await call(full, 'POST', '/v1/runs', createRequest()));
  expect((await call(full, 'GET', '/healthz')).status).toBe(200);
  expect((await call(full, 'GET', '/metrics')).status).toBe(200);
  const ready = await call(full, 'GET', '/readyz');
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'not_ready', reason: 'overloaded' }]);
  // Nobody knows this run, but a run that is known would be taken.
  const report = { hops: [], chainEnd: { kind: 'cancelled', url: null, atMs: 1 }, failure: null };
  const path = `/v1/runs/${randomUUID()}/chain-end`;
  expect((await call(full, 'POST', path, report)).status).toBe(404);
});

async function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

test('connections that say nothing make room, the longest silent first, and keep nobody out (B14)', async () => {
  const bench = await benchWith({ mostConnections: 20 });
  const silent: Socket[] = [];
  for (let at = 0; at < 200; at += 1) silent.push(await openSocket(bench.url));
  await expect.poll(() => silent.filter(({ closed }) => closed).length).toBeGreaterThan(170);
  expect(silent[0]?.closed).toBe(true);
  for (let at = 0; at < 5; at += 1) {
    expect((await call(bench, 'GET', '/healthz')).status).toBe(200);
    expect((await call(bench, 'POST', '/v1/runs', createRequest())).status).toBe(201);
  }
});

test('where every connection is at work a new one is told to come back, and the probes answer (B14, K6)', async () => {
  const bench = await benchWith({ mostConnections: 3 });
  const walked = await Promise.all([1, 2, 3].map(() => walkScenario(bench, 'token-latency')));
  const streams = await Promise.all(
    walked.map(({ created, submission }) =>
      call(bench, 'POST', `/v1/runs/${created.run.id}/callback`, submission),
    ),
  );
  await expectOverloaded(await call(bench, 'GET', '/v1/profiles'));
  expect((await call(bench, 'GET', '/healthz')).status).toBe(200);
  const texts = await Promise.all(streams.map((stream) => stream.text()));
  expect(texts.map((text) => text.includes('"verdict":"match"'))).toEqual([true, true, true]);
  expect((await call(bench, 'GET', '/v1/profiles')).status).toBe(200);
});
