import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Run } from '#protocol/run.ts';
import { legOf } from '#protocol/run-reading.ts';

import { ACCESS_TOKEN, type LegBench, NUMBER_HASH, openLegBench, SUB } from '../../support/leg-bench.ts';
import { answering } from '../../support/scripted-operator.ts';

let bench: LegBench;
beforeAll(async () => {
  bench = await openLegBench();
});
afterAll(() => bench.close());

const info = (body: unknown, status = 200) => bench.play({ premiuminfo: answering(status, body) });
const checkOf = (run: Run, name: string) => legOf(run, 'premiuminfo').checks.find((one) => one.name === name);

test('asks with POST, the token and the hash that the scope is for (GSMA Verified MSISDN)', async () => {
  await bench.play();
  const asked = bench.operator.asked('/premiuminfo').at(-1);
  expect(asked?.method).toBe('POST');
  expect(asked?.headers).toMatchObject({
    authorization: `Bearer ${ACCESS_TOKEN}`,
    'content-type': 'application/json',
    'accept-encoding': 'identity',
  });
  expect(JSON.parse(asked?.body ?? '')).toEqual({ mc_claims: { device_msisdn_hash: NUMBER_HASH } });
  expect(asked?.query.size).toBe(0);
});

describe('the result', () => {
  test.each([
    [true, 'match'],
    [false, 'no_match'],
  ])('%s is %s, and neither is a failure (P1)', async (device_msisdn_verified, verdict) => {
    const run = await info({ sub: SUB, device_msisdn_verified });
    expect(run).toMatchObject({ verdict, failure: null });
    expect(legOf(run, 'premiuminfo').outcome).toBe('passed');
  });

  test.each([
    ['the string "true"', 'true', 'premiuminfo.result_not_boolean'],
    ['the string "yes"', 'yes', 'premiuminfo.result_not_boolean'],
    ['1', 1, 'premiuminfo.result_not_boolean'],
    ['null', null, 'premiuminfo.result_not_boolean'],
    ['an array of true', [true], 'premiuminfo.result_not_boolean'],
    ['an object', { value: true }, 'premiuminfo.result_not_boolean'],
    ['absent', undefined, 'premiuminfo.missing_result'],
  ])('%s is no result (P2, P3, PR6)', async (_name, device_msisdn_verified, code) => {
    const run = await info({ sub: SUB, device_msisdn_verified });
    expect(run).toMatchObject({ verdict: 'failed', failure: { code, check: 'result' } });
    expect(run.cause).toMatchObject({ code: 'operator_breaks_protocol', owner: 'operator' });
  });

  test.each([
    ['misspelt', { device_msisdn_verifed: true }],
    ['nested', { mc_claims: { device_msisdn_verified: true } }],
    ['in capitals', { DEVICE_MSISDN_VERIFIED: true }],
  ])('%s is missing (P3)', async (_name, body) => {
    expect((await info({ sub: SUB, ...body })).failure?.code).toBe('premiuminfo.missing_result');
  });

  test('is read from the member the profile names', async () => {
    const run = await bench.play({
      profile: {
        resource: {
          url: `${bench.operator.origin}/premiuminfo`,
          requestKind: 'msisdn_hash',
          resultField: 'ok',
        },
      },
      premiuminfo: answering(200, { sub: SUB, ok: true, device_msisdn_verified: false }),
    });
    expect(run.verdict).toBe('match');
  });
});

describe('the subject (OIDC Core 5.3.2)', () => {
  test.each([
    ['of another token', 'someone-else'],
    ['in another case', SUB.toUpperCase()],
    ['that is no string', 7],
    ['null', null],
  ])('%s withholds the result (P4)', async (_name, sub) => {
    const run = await info({ sub, device_msisdn_verified: true });
    expect(run).toMatchObject({
      verdict: 'failed',
      failure: { code: 'premiuminfo.sub_mismatch', check: 'sub' },
    });
    expect(run.cause?.code).toBe('response_not_ours');
  });

  test('may be absent, with a warning', async () => {
    const run = await info({ device_msisdn_verified: true });
    expect(run.verdict).toBe('match');
    expect(checkOf(run, 'sub')?.result).toBe('warned');
  });

  test('is not checked where the profile allows no id_token', async () => {
    const run = await bench.play({ tokenBody: { id_token: undefined }, profile: { idToken: 'optional' } });
    expect(run.verdict).toBe('match');
    expect(checkOf(run, 'sub')).toMatchObject({ result: 'not_checked', why: 'no_id_token' });
  });
});

describe('a refusal', () => {
  const oauth = (error: string) => ({ error, error_description: 'Its own words' });
  test.each([
    ['401 invalid_token (RFC 6750 §3.1, P5)', 401, oauth('invalid_token'), 'premiuminfo.invalid_token'],
    ['401 without a word (P5)', 401, '', 'premiuminfo.invalid_token'],
    [
      '403 insufficient_scope (RFC 6750 §3.1, P6)',
      403,
      oauth('insufficient_scope'),
      'premiuminfo.insufficient_scope',
    ],
    ['400 for the hash (P7)', 400, oauth('invalid_request'), 'premiuminfo.invalid_request'],
    ['400 in words of its own (P7)', 400, oauth('E_4711'), 'premiuminfo.operator_error'],
    ['404 (P8)', 404, '', 'premiuminfo.operator_error'],
    ['405 (P8)', 405, '', 'premiuminfo.operator_error'],
    ['415 (P8)', 415, '', 'premiuminfo.operator_error'],
    ['200 with a web page (P9)', 200, '<h1>Hello</h1>', 'premiuminfo.html_page'],
    ['200 with null (P9)', 200, null, 'premiuminfo.not_conformant'],
    ['200 that carries an error', 200, oauth('server_error'), 'premiuminfo.operator_error'],
    ['a redirect', 307, '', 'premiuminfo.redirect_refused'],
    ['204', 204, '', 'premiuminfo.not_conformant'],
    [
      '500 in a third envelope (TK4)',
      500,
      { status: 'ERROR', message: 'Generic error' },
      'premiuminfo.unavailable',
    ],
  ])('%s', async (_name, status, body, code) => {
    const run = await info(body, status);
    expect(run).toMatchObject({ verdict: 'failed', failure: { code, codeSpent: 'yes', leg: 'premiuminfo' } });
    expect(run.cause?.evidence[0]).toMatchObject({ leg: 'premiuminfo' });
    expect(run.cause?.evidence[0]?.detail).not.toBe('');
  });

  test.each([
    ['{error, error_description}', oauth('a_word'), 'a_word'],
    ['{status, code, message}', { status: 400, code: 'A_WORD', message: 'Its own words' }, 'A_WORD'],
    ['{status, message}', { status: 'A_WORD', message: 'Its own words' }, 'A_WORD'],
  ])('is quoted from the envelope %s (TK4)', async (_name, body, error) => {
    const run = await info(body, 400);
    expect(run.failure?.operatorError).toEqual({ error, description: 'Its own words' });
  });

  test('that echoes the token or the hash shows neither (P16, PR3)', async () => {
    const run = await info({ error: 'invalid_token', message: `No: ${ACCESS_TOKEN} ${NUMBER_HASH}` }, 401);
    expect(run.failure?.operatorError?.description).toMatch(/^No: ‹access_token:1› ‹device_msisdn_hash:1›$/);
    expect(JSON.stringify(run)).not.toContain(ACCESS_TOKEN);
    expect(JSON.stringify(run)).not.toContain(NUMBER_HASH);
  });
});

test('another correlation_id is a warning, and an absent one is not checked', async () => {
  const changed = await info({ sub: SUB, device_msisdn_verified: true, correlation_id: 'x' });
  expect([changed.verdict, checkOf(changed, 'correlation_id')?.result]).toEqual(['match', 'warned']);
  expect(checkOf(await bench.play(), 'correlation_id')?.result).toBe('not_checked');
});
