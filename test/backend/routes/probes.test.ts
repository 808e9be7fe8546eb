/** What whoever watches over a backend reads: is it ready, what does it count, what does it log. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

import { ApiError } from '#protocol/backend-api.ts';

import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import type { RunStore } from '../../../backend/store/run-store.ts';
import { storageUnavailable } from '../../../backend/store/storage-error.ts';
import { type Bench, call, createRequest, startBench } from '../../support/bench.ts';
import { submit, walkScenario } from '../../support/node-walker.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const unpaired = (of: Bench, path: string) => fetch(of.url + path);

async function readiness(ready: RunStore['ready']): Promise<[number, unknown]> {
  const one = await startBench({ store: { ...createMemoryRunStore(), ready } });
  onTestFinished(() => one.close());
  const response = await unpaired(one, '/readyz');
  return [response.status, await response.json()];
}

test('ready is who has a store with the schema it needs, and says so to anybody', async () => {
  const refused = () => Promise.reject(storageUnavailable(new Error('canary-host')));
  expect(await readiness(async () => true)).toEqual([200, { status: 'ready' }]);
  expect(await readiness(async () => false)).toEqual([
    503,
    { status: 'not_ready', reason: 'schema_outdated' },
  ]);
  expect(await readiness(refused)).toEqual([503, { status: 'not_ready', reason: 'store_unavailable' }]);
});

test('however often it is asked, the store is asked once in a while', async () => {
  let asked = 0;
  const ready = async () => {
    asked += 1;
    return true;
  };
  const one = await startBench({ store: { ...createMemoryRunStore(), ready } });
  onTestFinished(() => one.close());
  await Promise.all(Array.from({ length: 50 }, () => unpaired(one, '/readyz')));
  expect(asked).toBeLessThan(50);
});

/** The value of a metric with exactly these labels, in any order. */
async function metric(name: string, labels: Record<string, string>): Promise<number> {
  const text = await (await call(bench, 'GET', '/metrics')).text();
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const line = text
    .split('\n')
    .find((one) => one.startsWith(`${name}{`) && wanted.every((label) => one.includes(label)));
  return Number(line?.split(' ').at(-1) ?? 0);
}

test('metrics are for those with a key, and in the format of Prometheus', async () => {
  const refused = await unpaired(bench, '/metrics');
  expect([refused.status, ApiError.parse(await refused.json()).error.code]).toEqual([
    401,
    'api.unauthorized',
  ]);
  const response = await call(bench, 'GET', '/metrics');
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(await response.text()).toMatch(/^# TYPE nvi_runs_ended_total counter$/m);
});

test('a run is counted once as it ends, by what it came to, with its legs and what went wrong at the operator', async () => {
  const simulated = { origin: 'simulated' };
  const ended = { ...simulated, verdict: 'match', failure: 'none', cause: 'none' };
  const refused = { ...simulated, verdict: 'failed', failure: 'token.invalid_grant' };
  const before = [await metric('nvi_runs_ended_total', ended), await metric('nvi_runs_ended_total', refused)];

  const good = await walkScenario(bench, 'match');
  await submit(bench, good.created.run.id, good.submission);
  // The same report again is the same run.
  await submit(bench, good.created.run.id, good.submission);
  const bad = await walkScenario(bench, 'match');
  const callbackUrl = bad.submission.callbackUrl.replace(/code=[^&]+/, 'code=nobody-issued-this');
  await submit(bench, bad.created.run.id, { ...bad.submission, callbackUrl });

  expect(await metric('nvi_runs_ended_total', ended)).toBe((before[0] ?? 0) + 1);
  expect(await metric('nvi_runs_ended_total', refused)).toBe((before[1] ?? 0) + 1);
  expect(await metric('nvi_leg_seconds_count', { leg: 'premiuminfo', outcome: 'passed' })).toBe(1);
  expect(await metric('nvi_leg_seconds_count', { leg: 'token', outcome: 'failed' })).toBe(1);
  const errors = { profile: 'simulated', endpoint: 'token', code: 'http_4xx' };
  expect(await metric('nvi_upstream_errors_total', errors)).toBe(1);
  expect(await metric('nvi_runs_carried', {})).toBe(0);
});

test('nothing that a request chooses becomes a label', async () => {
  await Promise.all(
    ['/v1/canary-path', '/%63anary', '/v1/runs/canary'].map((path) => call(bench, 'GET', path)),
  );
  await call(bench, 'PROPFIND', '/v1/canary-method');
  const text = await (await call(bench, 'GET', '/metrics')).text();
  expect(text).not.toMatch(/canary|PROPFIND/);
  expect(
    await metric('nvi_http_requests_total', { method: 'any', route: 'none', status: '404' }),
  ).toBeGreaterThan(0);
  expect(
    await metric('nvi_http_requests_total', { method: 'GET', route: '/v1/runs/:id', status: '400' }),
  ).toBeGreaterThan(0);
});

test('lines of one run are found by its id, and a request by its trace', async () => {
  const { created, submission } = await walkScenario(bench, 'match');
  const { id } = created.run;
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
  await (await call(bench, 'POST', `/v1/runs/${id}/callback`, submission, { traceparent })).text();
  await call(bench, 'POST', '/v1/runs', createRequest({ profileId: 'nobody', id }));
  await expect.poll(() => linesOf(id).filter(({ msg }) => msg === 'answered')).toHaveLength(3);
  const lines = linesOf(id);
  expect(lines.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['leg ended', 'run ended', 'answered']));
  expect(lines.find(({ msg }) => msg === 'run ended')).toMatchObject({
    verdict: 'match',
    origin: 'simulated',
  });
  const answered = lines.find(({ route }) => route === '/v1/runs/:id/callback');
  expect(answered).toMatchObject({ traceId, spanId: expect.stringMatching(/^[0-9a-f]{16}$/), status: 200 });
  expect(answered?.reqId).toMatch(/^req-/);
});

interface Line {
  msg: string;
  runId?: string;
  route?: string;
  reqId?: string;
}
const linesOf = (id: string): Line[] =>
  bench.log.map((line) => JSON.parse(line) as Line).filter(({ runId }) => runId === id);
