import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { asExpected, legOf } from '#protocol/run-reading.ts';

import { certificateFor } from '../../support/certificates.ts';
import { type LegBench, openLegBench } from '../../support/leg-bench.ts';
import { raw, type Script, startScriptedOperator } from '../../support/scripted-operator.ts';

let bench: LegBench;
beforeAll(async () => {
  bench = await openLegBench();
});
afterAll(() => bench.close());

/** For what never answers; what does is asked with the product's own deadline. */
const DEADLINE_MS = 1000;
const hang: Script = () => undefined;
const reset: Script = (_asked, { socket }) => void socket?.resetAndDestroy();
const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const large = raw(`${head}content-length: 5000000\r\n\r\n${'a'.repeat(5_000_000)}`);
const wideHeader = raw(`${head}x-large: ${'a'.repeat(20_000)}\r\n\r\n{}`);
const halfABody = raw(`${head}content-length: 100\r\n\r\n{"a"`);
const noHttp = raw('220 smtp.example ESMTP\r\n');

describe.each(['token', 'premiuminfo'] as const)('%s: what may have reached the operator', (leg) => {
  test.each<[string, Script, string]>([
    ['no answer within the deadline (TK20, P10)', hang, 'timeout'],
    ['a reset (TK22, P10)', reset, 'reset'],
    ['an end in mid-body (TK22, P10)', halfABody, 'reset'],
  ])('is unknown, neither failed nor a match, after %s', async (_name, script, fault) => {
    const upstream = script === hang ? { deadlineMs: DEADLINE_MS } : {};
    const run = await bench.play({ [leg]: script, upstream });
    expect(run).toMatchObject({
      verdict: 'unknown',
      failure: { code: `${leg}.${fault}`, leg, codeSpent: leg === 'token' ? 'unknown' : 'yes' },
      cause: { code: 'result_unknown', evidence: [{ leg }] },
    });
    expect(legOf(run, leg).outcome).toBe('unknown');
    expect(legOf(run, leg).exchanges).toMatchObject([{ sent: 'unknown', response: null }]);
  });

  test.each<[string, Script, string]>([
    ['5 MB of body (TK25, P10)', large, 'too_large'],
    ['20 KB of one header (TK24, P10)', wideHeader, 'too_large'],
    ['an answer that is no HTTP (TK23, P10)', noHttp, 'not_conformant'],
  ])('has failed after %s', async (_name, script, fault) => {
    const run = await bench.play({ [leg]: script });
    expect(run).toMatchObject({
      verdict: 'failed',
      failure: { code: `${leg}.${fault}`, leg },
      cause: { code: 'operator_breaks_protocol', owner: 'operator', evidence: [{ at: 'exchange', leg }] },
    });
  });
});

test('a certificate nobody vouches for fails the leg with the code unspent (TK19)', async () => {
  const operator = await startScriptedOperator(await certificateFor());
  const run = await bench.play({ profile: { tokenUrl: `${operator.origin}/token`, jwksUrl: null } });
  await operator.close();
  expect(run).toMatchObject({
    verdict: 'failed',
    failure: { code: 'token.tls', codeSpent: 'no' },
    cause: { code: 'tls_broken', evidence: [{ at: 'exchange', leg: 'token' }] },
  });
  expect(legOf(run, 'token').exchanges.map(({ sent }) => sent)).toEqual(['no', 'no', 'no']);
  expect(operator.asked('/token')).toEqual([]);
});

test('a host inside this network is not asked, nor tried again, and the run says nothing of the operator (B23)', async () => {
  const before = bench.operator.asked('/token').length;
  const run = await bench.play({ upstream: { privateAddresses: false } });
  expect(run).toMatchObject({
    verdict: 'failed',
    failure: { code: 'token.address_forbidden', leg: 'token', codeSpent: 'no', retry: 'never' },
    cause: {
      code: 'address_inside_network',
      owner: 'client_setup',
      confidence: 'certain',
      evidence: [{ at: 'exchange', leg: 'token', detail: '127.0.0.1: ADDRESS_THIS_MACHINE' }],
      cure: 'check_private_address',
    },
  });
  expect(asExpected(run)).toBe('inconclusive');
  expect(legOf(run, 'token')).toMatchObject({
    outcome: 'failed',
    exchanges: [{ sent: 'no', response: null }],
  });
  expect(bench.operator.asked('/token')).toHaveLength(before);
});

test('keys inside this network are not fetched, and that is not blamed on the operator (B23)', async () => {
  const before = bench.operator.asked('/jwks').length;
  const run = await bench.play({ keysFrom: { privateAddresses: false } });
  expect(run).toMatchObject({
    verdict: 'failed',
    failure: { code: 'idtoken.address_forbidden', leg: 'token', codeSpent: 'yes', retry: 'never' },
    cause: {
      code: 'address_inside_network',
      owner: 'client_setup',
      evidence: [{ at: 'check', check: 'signature', detail: '127.0.0.1: ADDRESS_THIS_MACHINE' }],
      cure: 'check_private_address',
    },
  });
  expect(asExpected(run)).toBe('inconclusive');
  expect(bench.operator.asked('/jwks')).toHaveLength(before);
});

test('a host that does not resolve is nobody’s protocol error (TK18)', async () => {
  const run = await bench.play({ profile: { tokenUrl: 'http://no-such-host.invalid/token', jwksUrl: null } });
  expect(run).toMatchObject({
    verdict: 'failed',
    failure: { code: 'token.dns', codeSpent: 'no' },
    cause: { code: 'name_not_found', owner: 'backend' },
  });
});
