import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ApiError } from '#protocol/backend-api.ts';
import type { Run } from '#protocol/run.ts';
import { applyRunEvent, type RunEvent } from '#protocol/run-events.ts';

import { ACCESS_KEY, type Bench, call, startBench } from '../../support/bench.ts';
import { readRun, submit, walkScenario } from '../../support/node-walker.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const codeOf = async (response: Response) => ApiError.parse(await response.json()).error.code;
const fold = (run: Run, events: RunEvent[]) => events.reduce(applyRunEvent, { ...run, events: [] });

describe('the events of a run', () => {
  test('are numbered from 1 and fold to exactly the record that is read', async () => {
    const { created, submission } = await walkScenario(bench, 'match');
    const { events, ids } = await submit(bench, created.run.id, submission);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_event, at) => at + 1));
    expect(ids).toEqual(events.map(({ sequence }) => String(sequence)));
    expect(events.at(-1)?.type).toBe('ended');
    const record = await readRun(bench, created.run.id);
    expect(fold(created.run, events)).toEqual(record);
    // From the reply to the create as well, which is where the extension starts.
    expect(events.reduce(applyRunEvent, created.run)).toEqual(record);
  });

  test('tell the phases in order, each leg before its exchange, each exchange before its checks', async () => {
    const { created, submission } = await walkScenario(bench, 'match');
    const { events } = await submit(bench, created.run.id, submission);
    const told = events.map((event) =>
      event.type === 'phase' ? event.phase : 'leg' in event ? `${event.leg} ${event.type}` : event.type,
    );
    expect(told).toEqual([
      'created',
      'code_received',
      'chain',
      'authorize checks',
      'authorize leg',
      'redeeming',
      'token leg',
      'token exchange',
      'token checks',
      'token leg',
      'verifying',
      'premiuminfo leg',
      'premiuminfo exchange',
      'premiuminfo checks',
      'premiuminfo leg',
      'ended',
    ]);
  });

  test('keep 8 KiB of a hop, whatever is handed over, and mark what was cut (B5)', async () => {
    const { created, submission } = await walkScenario(bench, 'match');
    const [first, ...rest] = submission.hops;
    if (!first) throw new Error('no hop');
    const large = { ...first, responseHeaders: [{ name: 'x-large', value: 'x'.repeat(20_000) }] };
    await submit(bench, created.run.id, { ...submission, hops: [large, ...rest] });
    const kept = (await readRun(bench, created.run.id)).hops[0];
    expect(kept?.notes).toContain('truncated');
    expect(JSON.stringify(kept).length).toBeLessThanOrEqual(8192);
  });

  test('keep the hops as they were handed over', async () => {
    const { created, submission } = await walkScenario(bench, 'match');
    await submit(bench, created.run.id, submission);
    const record = await readRun(bench, created.run.id);
    expect(record.hops).toEqual(submission.hops);
    expect(record.hops.length).toBeGreaterThanOrEqual(4);
    expect(record.chainEnd).toEqual(submission.chainEnd);
  });
});

describe('the same body again', () => {
  test('attaches to the same events from the first, after the end (B16)', async () => {
    const { created, submission } = await walkScenario(bench, 'match');
    const first = await submit(bench, created.run.id, submission);
    const before = bench.operator.counters.token;
    expect((await submit(bench, created.run.id, submission)).text).toBe(first.text);
    expect(bench.operator.counters.token).toBe(before);
  });

  test('attaches to the same events from the first, while it is running (B18)', async () => {
    const { created, submission } = await walkScenario(bench, 'premiuminfo-503-once');
    const first = submit(bench, created.run.id, submission);
    // The run waits a second for the operator: what comes now comes in the middle of it.
    await expect
      .poll(() => bench.operator.counters.premiuminfo > 0 && phaseOf(created.run.id))
      .toBe('verifying');
    const second = await submit(bench, created.run.id, submission);
    expect(second.text).toBe((await first).text);
    expect(second.events[0]?.sequence).toBe(1);
  });

  const phaseOf = async (id: string) => (await readRun(bench, id)).phase;

  test('a hundred times at once: one token request, a hundred equal streams (TK27, PR5)', async () => {
    const { created, submission } = await walkScenario(bench, 'match');
    const before = bench.operator.counters.token;
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => submit(bench, created.run.id, submission)),
    );
    expect(bench.operator.counters.token).toBe(before + 1);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.events.at(-1)).toMatchObject({ type: 'ended', verdict: 'match' });
  });
});

describe('another body', () => {
  test('is refused with 409 after the end, and the first report stands (B17)', async () => {
    const { created, submission } = await walkScenario(bench, 'match');
    await submit(bench, created.run.id, submission);
    const other = { ...submission, numberHash: '0'.repeat(64) };
    const response = await call(bench, 'POST', `/v1/runs/${created.run.id}/callback`, other);
    expect([response.status, await codeOf(response)]).toEqual([409, 'api.idempotency_conflict']);
    expect((await readRun(bench, created.run.id)).verdict).toBe('match');
  });

  test('a state is good once: another code with the same state is refused, and not redeemed (C8, PR5)', async () => {
    const { created, submission } = await walkScenario(bench, 'match');
    await submit(bench, created.run.id, submission);
    const before = bench.operator.counters.token;
    const again = new URL(submission.callbackUrl);
    again.searchParams.set('code', 'another-code');
    const body = { ...submission, callbackUrl: again.href };
    const response = await call(bench, 'POST', `/v1/runs/${created.run.id}/callback`, body);
    expect([response.status, await codeOf(response)]).toEqual([409, 'api.idempotency_conflict']);
    expect(bench.operator.counters.token).toBe(before);
  });

  test('a chain-end after a callback is another body (B17)', async () => {
    const { created, submission } = await walkScenario(bench, 'match');
    await submit(bench, created.run.id, submission);
    const chainEnd = { kind: 'cancelled', url: null, atMs: 1 };
    const body = { hops: [], chainEnd, failure: null };
    const response = await call(bench, 'POST', `/v1/runs/${created.run.id}/chain-end`, body);
    expect(response.status).toBe(409);
  });
});

test('the same code in two runs is spent once (RFC 6749 §4.1.2, PR5)', async () => {
  const first = await walkScenario(bench, 'match');
  await submit(bench, first.created.run.id, first.submission);
  const second = await walkScenario(bench, 'match');
  const url = new URL(second.submission.callbackUrl);
  url.searchParams.set('code', new URL(first.submission.callbackUrl).searchParams.get('code') ?? '');
  const before = bench.operator.counters.token;
  await submit(bench, second.created.run.id, { ...second.submission, callbackUrl: url.href });
  const run = await readRun(bench, second.created.run.id);
  expect(run).toMatchObject({
    verdict: 'failed',
    failure: { code: 'token.code_already_used' },
    cause: { code: 'code_not_accepted', owner: 'backend' },
  });
  expect(bench.operator.counters.token).toBe(before);
});

test('a client that leaves in mid-stream does not end the run (B19)', async () => {
  const { created, submission } = await walkScenario(bench, 'premiuminfo-503-once');
  await new Promise<void>((resolve, reject) => {
    const path = `/v1/runs/${created.run.id}/callback`;
    const headers = { authorization: `Bearer ${ACCESS_KEY}`, 'content-type': 'application/json' };
    const leaving = httpRequest(bench.url + path, { method: 'POST', headers }, (response) => {
      response.once('data', () => {
        leaving.destroy();
        resolve();
      });
      response.on('error', () => undefined);
    });
    leaving.on('error', reject).end(JSON.stringify(submission));
  });
  expect((await readRun(bench, created.run.id)).phase).not.toBe('ended');
  await expect.poll(async () => (await readRun(bench, created.run.id)).verdict).toBe('match');
});

test('a code of ten kilobytes is the operator’s fault and ends the run (C5)', async () => {
  const { created, submission } = await walkScenario(bench, 'match');
  const url = new URL(submission.callbackUrl);
  url.searchParams.set('code', 'a'.repeat(10_000));
  await submit(bench, created.run.id, { ...submission, callbackUrl: url.href });
  expect((await readRun(bench, created.run.id)).failure?.code).toBe('callback.code_malformed');
});
