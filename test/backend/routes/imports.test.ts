import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ApiError } from '#protocol/backend-api.ts';
import { redactRun } from '#protocol/exports/redact-run.ts';
import { RunsReply } from '#protocol/history-api.ts';
import { ImportRunReply } from '#protocol/history-requests.ts';
import type { Run } from '#protocol/run.ts';

import { type Bench, call, startBench } from '../../support/bench.ts';
import { hopOf, profileAt, runOf } from '../../support/fixtures.ts';
import { playScenario, readRun } from '../../support/node-walker.ts';

const profile = profileAt('https://api.example');
let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const send = (run: unknown) => call(bench, 'POST', '/v1/imports', { run });
const imported = async (run: unknown) => ImportRunReply.parse(await (await send(run)).json()).result;
const refusal = async (response: Response) => {
  const { error } = ApiError.parse(await response.json());
  return { status: response.status, ...error };
};
const fromFile = (change: Partial<Run> = {}) =>
  runOf(profile, { phase: 'ended', verdict: 'match', endedAt: Date.now(), ...change });

describe('importing a run', () => {
  test('keeps it as its file has it; the same again is already here (E11, E12)', async () => {
    const run = redactRun(fromFile({ hops: [hopOf()] }));
    expect(await imported(run)).toBe('imported');
    // In the file the owner is a stand-in; here it is whoever brought the file.
    expect(await readRun(bench, run.id)).toEqual({ ...run, ownerId: 'local' });
    expect(await imported(run)).toBe('already_here');
    expect(await imported({ ...run, verdict: 'failed' })).toBe('id_taken');
    const list = await call(bench, 'GET', `/v1/runs?text=${run.id}`);
    const { runs } = RunsReply.parse(await list.json());
    expect(runs).toMatchObject([{ id: run.id, origin: 'imported', verdict: 'match' }]);
    expect(runs[0]?.importedAt).toBeGreaterThan(0);
  });

  test('a run that was made here comes back as already here (E11)', async () => {
    const made = await playScenario(bench, 'match');
    expect(await imported(redactRun(made))).toBe('already_here');
    expect(await imported({ ...redactRun(made), origin: 'imported' })).toBe('already_here');
  });

  test('what a file claims to be redacted is redacted again before it is kept (PR3, E9)', async () => {
    const secret = 'a-code-that-no-record-may-show-4711';
    const url = `https://app.example/callback?code=${secret}&state=of-another-9876543`;
    const run = fromFile({
      hops: [hopOf({ nextUrl: url, responseHeaders: [{ name: 'x-msisdn', value: '+447700900901' }] })],
      chainEnd: { kind: 'callback', url, atMs: 1 },
    });
    expect(await imported(run)).toBe('imported');
    const kept = JSON.stringify(await readRun(bench, run.id));
    expect(kept).not.toMatch(new RegExp(`${secret}|of-another|447700900901`));
    expect(kept).toContain('‹code:1›');
  });

  test('nothing of it is carried on, or asked about again (PR5)', async () => {
    const run = fromFile({ verdict: 'no_match' });
    await imported(run);
    const chainEnd = { kind: 'cancelled', url: null, atMs: 1 };
    const report = { hops: [], chainEnd, failure: null };
    expect(await refusal(await call(bench, 'POST', `/v1/runs/${run.id}/chain-end`, report))).toMatchObject({
      status: 409,
    });
    const doctor = await call(bench, 'POST', `/v1/runs/${run.id}/hash-doctor`, {
      ...{ form: 'no_plus', numberHash: 'a'.repeat(64) },
    });
    expect(doctor.status).toBeGreaterThanOrEqual(400);
    expect(await readRun(bench, run.id)).toEqual({ ...redactRun(run), ownerId: 'local' });
  });

  test('a run that has not ended in its file is refused with what to do', async () => {
    for (const run of [fromFile({ phase: 'verifying', verdict: null }), fromFile({ verdict: null })]) {
      const { status, code, message } = await refusal(await send(run));
      expect([status, code]).toEqual([400, 'api.bad_request']);
      expect(message).toContain('has not ended');
    }
  });

  test('what no run can have is refused and named (E10)', async () => {
    for (const [change, field] of [
      [{ startedAt: 5 }, 'startedAt'],
      [{ utcOffsetMinutes: 2 ** 40 }, 'utcOffsetMinutes'],
      [{ legs: [] }, 'legs'],
      [{ id: '5A7C1E0E-62BB-4F1A-9D55-F1B0F6F0C3AA' }, 'id'],
      [{ correlationId: 'x'.repeat(2000) }, 'correlationId'],
    ] as [Partial<Run>, string][]) {
      const { status, message } = await refusal(await send(fromFile(change)));
      expect([status, message.includes(field)]).toEqual([400, true]);
    }
    for (const run of [null, {}, { ...fromFile(), id: '../..' }])
      expect(await refusal(await send(run))).toMatchObject({ status: 400, code: 'api.bad_request' });
  });

  test('a long chain fits in, and what is longer is too large (PR8)', async () => {
    const headers = Array.from({ length: 100 }, (_, at) => ({
      name: `x-${at}`,
      value: 'value '.repeat(100),
    }));
    const long = (hops: number) =>
      fromFile({ hops: Array.from({ length: hops }, () => hopOf({ responseHeaders: headers })) });
    expect(await imported(long(12))).toBe('imported');
    expect(await refusal(await send(long(80)))).toMatchObject({ status: 413, code: 'api.too_large' });
  });
});
