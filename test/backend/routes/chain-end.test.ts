import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ApiError } from '#protocol/backend-api.ts';
import { failureOf } from '#protocol/failure.ts';

import { type Bench, call, createRequest, startBench } from '../../support/bench.ts';
import { hopOf } from '../../support/fixtures.ts';
import { createRun, readRun, submit } from '../../support/node-walker.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const hops = [
  hopOf(),
  hopOf({ index: 2, role: 'enrichment', status: null, error: { code: 'timeout', raw: 'x' } }),
];
const endOf = (kind: string) => ({ kind, url: 'http://he.operator.test/enrich', atMs: 10_020 });
async function end(body: object): Promise<{ id: string; response: Response }> {
  const { run } = await createRun(bench, createRequest());
  return { id: run.id, response: await call(bench, 'POST', `/v1/runs/${run.id}/chain-end`, body) };
}

describe('a run that died in leg 1 reaches the backend, with its hops', () => {
  test('failed, with what the walker saw and its diagnosis', async () => {
    const failure = failureOf('authorize.timeout_hop', { hop: 2, retry: 'safe' });
    const { id, response } = await end({ hops, chainEnd: endOf('error'), failure });
    expect(response.status).toBe(200);
    await response.text();
    expect(await readRun(bench, id)).toMatchObject({
      verdict: 'failed',
      failure,
      hops,
      cause: { code: 'hop_never_answered', owner: 'network' },
      legs: [{ outcome: 'failed', durationMs: 10_020 }, { outcome: 'not_run' }, { outcome: 'not_run' }],
    });
  });

  test.each(['cancelled', 'interrupted'])('%s, which is no failure (A45)', async (kind) => {
    const { id, response } = await end({ hops, chainEnd: endOf(kind), failure: null });
    await response.text();
    expect(await readRun(bench, id)).toMatchObject({
      verdict: kind,
      failure: null,
      cause: null,
      hops,
      phase: 'ended',
      legs: [{ outcome: 'unknown' }, { outcome: 'not_run' }, { outcome: 'not_run' }],
    });
  });

  test('and nothing was sent upstream for any of them (PR5)', () => {
    expect(bench.operator.counters.token).toBe(0);
    expect(bench.operator.counters.premiuminfo).toBe(0);
  });
});

test('the same report again attaches to the same events (B16)', async () => {
  const { run } = await createRun(bench, createRequest());
  const body = { hops, chainEnd: endOf('cancelled'), failure: null };
  const first = await submit(bench, run.id, body, 'chain-end');
  expect((await submit(bench, run.id, body, 'chain-end')).text).toBe(first.text);
});

test('the number stands beside the report: the run forgets it, the record never had it, and the report is the same without (B16, PR3)', async () => {
  const { run } = await createRun(bench, createRequest());
  const numberHash = createHash('sha256').update('+447700900977').digest('hex');
  const report = { hops, chainEnd: endOf('cancelled'), failure: null };
  const first = await submit(bench, run.id, { ...report, numberHash }, 'chain-end');
  expect((await submit(bench, run.id, report, 'chain-end')).text).toBe(first.text);
  expect(first.text + bench.log.join('')).not.toContain(numberHash);
  expect((await readRun(bench, run.id)).number).not.toBeNull();
  const forgotten = await call(bench, 'POST', '/v1/numbers/forget', { numberHash });
  expect(await forgotten.json()).toEqual({ runs: 1 });
  expect(await readRun(bench, run.id)).toMatchObject({ number: null, verdict: 'cancelled', hops });
});

test('a code that comes after Cancel is not redeemed (C15)', async () => {
  const { run } = await createRun(bench, createRequest());
  await submit(bench, run.id, { hops, chainEnd: endOf('cancelled'), failure: null }, 'chain-end');
  const callbackUrl = `${bench.operator.redirectUri}?code=late&state=x`;
  const late = { hops, chainEnd: endOf('callback'), callbackUrl, numberHash: '0'.repeat(64) };
  const response = await call(bench, 'POST', `/v1/runs/${run.id}/callback`, late);
  expect(response.status).toBe(409);
  expect((await readRun(bench, run.id)).verdict).toBe('cancelled');
  expect(bench.operator.counters.token).toBe(0);
});

test('a code that expired before it could be handed over: the run fails with its hops, and nothing is sent (C16, PR5)', async () => {
  const failure = failureOf('callback.code_expired_locally');
  const { id, response } = await end({ hops, chainEnd: endOf('callback'), failure });
  await response.text();
  expect(await readRun(bench, id)).toMatchObject({
    verdict: 'failed',
    failure,
    hops,
    cause: { code: 'backend_away', owner: 'backend' },
    legs: [{ outcome: 'failed' }, { outcome: 'not_run' }, { outcome: 'not_run' }],
  });
  expect(bench.operator.counters.token).toBe(0);
});

describe('a report that cannot be is 400, and the run stays open', () => {
  const failure = failureOf('authorize.dns', { hop: 1 });
  test.each([
    ['a callback', { hops, chainEnd: endOf('callback'), failure: null }],
    [
      'an error with the failure of a callback',
      { hops, chainEnd: endOf('error'), failure: failureOf('callback.code_expired_locally') },
    ],
    [
      'a callback with a failure that only the backend can see',
      { hops, chainEnd: endOf('callback'), failure: failureOf('callback.state_mismatch') },
    ],
    ['an error without a failure', { hops, chainEnd: endOf('error'), failure: null }],
    ['cancelled with a failure', { hops, chainEnd: endOf('cancelled'), failure }],
    ['a failure of another leg', { hops, chainEnd: endOf('error'), failure: failureOf('token.timeout') }],
    [
      'a failure nobody knows',
      { hops, chainEnd: endOf('error'), failure: { ...failure, code: 'authorize.magic' } },
    ],
    ['41 hops', { hops: Array(41).fill(hops[0]), chainEnd: endOf('error'), failure }],
    ['a number in clear (PR3)', { hops, chainEnd: endOf('error'), failure, numberHash: '+447700900977' }],
    ['a verdict (B9)', { hops, chainEnd: endOf('error'), failure, verdict: 'match' }],
  ])('%s', async (_name, body) => {
    const { id, response } = await end(body);
    expect(response.status).toBe(400);
    expect(ApiError.parse(await response.json()).error.code).toBe('api.bad_request');
    expect((await readRun(bench, id)).phase).toBe('authorizing');
  });
});
