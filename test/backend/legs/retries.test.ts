import { createServer as createHttpServer } from 'node:http';
import { buildConnector } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Run } from '#protocol/run.ts';
import { legOf } from '#protocol/run-reading.ts';

import { type LegBench, openLegBench, SUB } from '../../support/leg-bench.ts';
import { answering, inTurn, type Script } from '../../support/scripted-operator.ts';
import { closedPort } from '../../support/sockets.ts';

let bench: LegBench;
beforeAll(async () => {
  bench = await openLegBench();
});
afterAll(() => bench.close());

const asked = (path: string) => bench.operator.asked(path).length;
const exchanges = (run: Run, leg: 'token' | 'premiuminfo') => legOf(run, leg).exchanges;
const yes = answering(200, { sub: SUB, device_msisdn_verified: true });
const reset: Script = (_asked, { socket }) => void socket?.destroy();

describe('the token request', () => {
  test('is sent again twice where nothing was sent, and each try is an exchange (TK18, PR5)', async () => {
    const tokenUrl = `http://127.0.0.1:${await closedPort()}/token`;
    const run = await bench.play({ profile: { tokenUrl, jwksUrl: null } });
    const tries = exchanges(run, 'token');
    expect(tries.map(({ sent, error }) => [sent, error?.raw])).toEqual(Array(3).fill(['no', 'ECONNREFUSED']));
    const [first = 0, second = 0, third = 0] = tries.map(({ startedAtMs }) => startedAtMs);
    expect(second - first).toBeGreaterThanOrEqual(195);
    expect(third - second).toBeGreaterThanOrEqual(795);
    expect(run).toMatchObject({ verdict: 'failed', failure: { code: 'token.connect', codeSpent: 'no' } });
    expect(run.cause).toMatchObject({ code: 'connection_refused', owner: 'backend' });
  });

  test('passes on a later try once the operator listens (TK18)', async () => {
    const port = await closedPort();
    const server = createHttpServer((_request, response) =>
      response.end('{"access_token":"a","token_type":"Bearer"}'),
    );
    const connector = buildConnector({});
    const connect: buildConnector.connector = (options, done) =>
      connector(options, (...result) => {
        // The first try has been refused: now the operator starts.
        if (result[0]) server.listen(port, '127.0.0.1');
        done(...result);
      });
    const tokenUrl = `http://127.0.0.1:${port}/token`;
    const run = await bench.play({ profile: { tokenUrl, jwksUrl: null }, upstream: { connect } });
    await new Promise((resolve) => server.close(resolve));
    expect(exchanges(run, 'token').map(({ sent }) => sent)).toEqual(['no', 'yes']);
    expect(exchanges(run, 'token').at(-1)?.response?.status).toBe(200);
  });

  test.each<[string, Script]>([
    ['reset after it was sent', reset],
    ['503 with Retry-After', answering(503, '', { 'retry-after': '0' })],
    ['429 with Retry-After', answering(429, '', { 'retry-after': '0' })],
  ])('is never sent again after %s (TK16, TK22, PR5)', async (_name, token) => {
    const before = asked('/token');
    const run = await bench.play({ token });
    expect(asked('/token')).toBe(before + 1);
    expect(exchanges(run, 'token')).toHaveLength(1);
  });
});

describe('the premiuminfo request', () => {
  test.each([
    ['503', 503],
    ['429', 429],
  ])('waits once as %s asks, and both tries are exchanges (P11, P12)', async (_name, status) => {
    const before = asked('/token');
    const run = await bench.play({ premiuminfo: inTurn(answering(status, '', { 'retry-after': '1' }), yes) });
    expect(run.verdict).toBe('match');
    const [first, second, ...more] = exchanges(run, 'premiuminfo');
    expect([first?.response?.status, second?.response?.status, more]).toEqual([status, 200, []]);
    expect((second?.startedAtMs ?? 0) - (first?.startedAtMs ?? 0)).toBeGreaterThanOrEqual(995);
    // The token is not asked for again (P10).
    expect(asked('/token')).toBe(before + 1);
  });

  test('waits until the date that Retry-After names (RFC 9110 §10.2.3, P11)', async () => {
    const premiuminfo: Script = (given, response) => {
      const date = new Date(Date.now() + 1500).toUTCString();
      return answering(503, '', { 'retry-after': date })(given, response);
    };
    const run = await bench.play({ premiuminfo: inTurn(premiuminfo, yes) });
    expect(run.verdict).toBe('match');
  });

  test('waits once and no more (P12)', async () => {
    const before = asked('/premiuminfo');
    const run = await bench.play({ premiuminfo: answering(503, '', { 'retry-after': '0' }) });
    expect(run.failure?.code).toBe('premiuminfo.unavailable');
    expect(asked('/premiuminfo')).toBe(before + 2);
  });

  test.each([
    ['an hour', 429, { 'retry-after': '3600' }, 'premiuminfo.rate_limited'],
    ['six seconds', 503, { 'retry-after': '6' }, 'premiuminfo.unavailable'],
    ['a date long past', 503, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 'premiuminfo.unavailable'],
    ['no time at all', 429, { 'retry-after': 'soon' }, 'premiuminfo.rate_limited'],
    ['nothing', 503, {}, 'premiuminfo.unavailable'],
    ['a second, but with 500', 500, { 'retry-after': '1' }, 'premiuminfo.unavailable'],
  ])('does not wait where Retry-After asks for %s (P11)', async (_name, status, headers, code) => {
    const before = asked('/premiuminfo');
    const run = await bench.play({ premiuminfo: answering(status, '', headers as Record<string, string>) });
    expect(run.failure?.code).toBe(code);
    expect(asked('/premiuminfo')).toBe(before + 1);
  });

  test('is not sent again after a reset: the result is unknown, neither failed nor a match (P10, TK22)', async () => {
    const before = asked('/premiuminfo');
    const run = await bench.play({ premiuminfo: reset });
    expect(run).toMatchObject({
      verdict: 'unknown',
      failure: { code: 'premiuminfo.reset', codeSpent: 'yes' },
      cause: { code: 'result_unknown' },
    });
    expect(legOf(run, 'premiuminfo').outcome).toBe('unknown');
    expect(asked('/premiuminfo')).toBe(before + 1);
  });
});
