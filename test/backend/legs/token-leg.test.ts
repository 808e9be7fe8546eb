import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Run } from '#protocol/run.ts';
import { legOf } from '#protocol/run-reading.ts';

import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import { callbackUrl, type LegBench, openLegBench, SECRET } from '../../support/leg-bench.ts';
import { answering, raw } from '../../support/scripted-operator.ts';

let bench: LegBench;
beforeAll(async () => {
  bench = await openLegBench();
});
afterAll(() => bench.close());

const premiuminfoCalls = () => bench.operator.asked('/premiuminfo').length;
const checkOf = (run: Run, name: string) => legOf(run, 'token').checks.find((one) => one.name === name);

test('passes with a healthy answer, every check said', async () => {
  const run = await bench.play();
  expect(run.verdict).toBe('match');
  expect(legOf(run, 'token').checks.map(({ name, result }) => [name, result])).toEqual([
    ['http_status', 'passed'],
    ['content_type', 'passed'],
    ['cache_control', 'warned'],
    ['duplicate_members', 'passed'],
    ['access_token', 'passed'],
    ['token_type', 'passed'],
    ['expires_in', 'passed'],
    ['scope', 'not_checked'],
    ['refresh_token', 'passed'],
    ['correlation_id', 'passed'],
    ['structure', 'passed'],
    ['alg', 'passed'],
    ['signature', 'passed'],
    ['iss', 'passed'],
    ['aud', 'passed'],
    ['azp', 'passed'],
    ['exp', 'passed'],
    ['iat', 'passed'],
    ['nbf', 'not_checked'],
    ['nonce', 'passed'],
    ['at_hash', 'passed'],
    ['acr', 'passed'],
    ['amr', 'passed'],
    ['auth_time', 'not_checked'],
    ['sub', 'passed'],
    ['hashed_login_hint', 'not_checked'],
  ]);
});

const oauth = (error: string) => ({ error, error_description: 'Its own words' });
const twice = '{"access_token":"a","access_token":1,"token_type":"Bearer"}';
const deep = '['.repeat(100_000) + ']'.repeat(100_000);
const envelope = (code: string) => ({ status: 401, code, message: 'Its own words' });
describe('refuses, and never asks premiuminfo', () => {
  test.each([
    ['400 invalid_grant (RFC 6749 §5.2, TK1)', 400, oauth('invalid_grant'), 'token.invalid_grant', 'yes'],
    ['401 invalid_client (RFC 6749 §5.2, TK2)', 401, oauth('invalid_client'), 'token.invalid_client', 'no'],
    ['400 invalid_client (RFC 6749 §5.2, TK2)', 400, oauth('invalid_client'), 'token.invalid_client', 'no'],
    ['401 without a word (TK2)', 401, '', 'token.invalid_client', 'no'],
    ['400 of an unknown error (TK3)', 400, oauth('made_up'), 'token.operator_error', 'unknown'],
    ['{status, code, message} (TK4)', 400, envelope('FORBIDDEN'), 'token.operator_error', 'unknown'],
    ['{status, message} (TK4)', 404, { status: 'ERROR', message: 'x' }, 'token.operator_error', 'unknown'],
    ['200 that carries an error (TK5)', 200, oauth('server_error'), 'token.operator_error', 'unknown'],
    ['200 with a web page (TK6)', 200, '<h1>Sign in</h1>', 'token.not_json', 'unknown'],
    ['null (TK8)', 200, null, 'token.not_conformant', 'unknown'],
    ['an array (TK8)', 200, [], 'token.not_conformant', 'unknown'],
    ['a JSON string (TK8)', 200, '"x"', 'token.not_conformant', 'unknown'],
    ['an empty object (TK8)', 200, {}, 'token.missing_access_token', 'yes'],
    ['half an object (TK8)', 200, '{"', 'token.not_json', 'unknown'],
    ['nothing at all (TK8)', 200, '', 'token.not_json', 'unknown'],
    ['UTF-16 (TK8)', 200, '{\0"\0a\0"\0}\0', 'token.not_json', 'unknown'],
    ['a member twice, the last one wrong (TK8)', 200, twice, 'token.missing_access_token', 'yes'],
    ['a hundred thousand arrays in each other (TK8)', 200, deep, 'token.not_conformant', 'unknown'],
    ['a redirect (TK14)', 302, '', 'token.redirect_refused', 'unknown'],
    ['201 (RFC 6749 §5.1, TK15)', 201, { access_token: 'a' }, 'token.not_conformant', 'unknown'],
    ['204 (RFC 6749 §5.1, TK15)', 204, '', 'token.not_conformant', 'unknown'],
    ['418 without a word (RFC 9110 §15.5.19, TK15)', 418, '', 'token.not_conformant', 'unknown'],
    ['500 (TK17)', 500, '', 'token.unavailable', 'unknown'],
    ['502 (TK17)', 502, '<h1>Bad gateway</h1>', 'token.unavailable', 'unknown'],
    ['503 (TK17)', 503, oauth('temporarily_unavailable'), 'token.unavailable', 'unknown'],
    ['504 (TK17)', 504, '', 'token.unavailable', 'unknown'],
  ])('%s', async (_name, status, body, code, codeSpent) => {
    const before = premiuminfoCalls();
    const run = await bench.play({ token: answering(status, body) });
    expect(run.failure).toMatchObject({ code, leg: 'token', codeSpent });
    expect(run.verdict).toBe('failed');
    expect(legOf(run, 'token').outcome).toBe('failed');
    expect(legOf(run, 'premiuminfo').outcome).toBe('not_run');
    expect(premiuminfoCalls()).toBe(before);
  });

  test.each([
    ['no access_token (RFC 6749 §5.1, TK9)', { access_token: undefined }, 'token.missing_access_token'],
    ['a number as access_token (TK9)', { access_token: 7 }, 'token.missing_access_token'],
    ['an empty access_token (TK9)', { access_token: '' }, 'token.missing_access_token'],
    ['100 KB of access_token (TK9)', { access_token: 'a'.repeat(100_000) }, 'token.not_conformant'],
    [
      'a line break in access_token (RFC 6750 §2.1, TK9)',
      { access_token: 'a\r\nb: c' },
      'token.not_conformant',
    ],
    ['no token_type (RFC 6749 §7.1, TK10)', { token_type: undefined }, 'token.bad_token_type'],
    ['token_type MAC (RFC 6749 §7.1, TK10)', { token_type: 'MAC' }, 'token.bad_token_type'],
    ['a negative expires_in (TK11)', { expires_in: -1 }, 'token.not_conformant'],
    ['an absurd expires_in (TK11)', { expires_in: 1e308 }, 'token.not_conformant'],
    ['no id_token (OIDC Core §3.1.3.3)', { id_token: undefined }, 'idtoken.missing'],
    ['a number as id_token (OIDC Core §3.1.3.3)', { id_token: 7 }, 'idtoken.missing'],
  ])('%s', async (_name, tokenBody, code) => {
    const before = premiuminfoCalls();
    const run = await bench.play({ tokenBody });
    expect(run.failure?.code).toBe(code);
    expect(premiuminfoCalls()).toBe(before);
    const failed = legOf(run, 'token').checks.filter(({ result }) => result === 'failed');
    expect(failed.map(({ severity }) => severity)).toEqual(failed.map(() => 'fail'));
  });
});

describe('accepts', () => {
  test.each([
    ['bEARER (RFC 6749 §7.1, TK10)', { token_type: 'bEARER' }, 'token_type', 'passed'],
    ['expires_in as a string, with a warning (TK11)', { expires_in: '500' }, 'expires_in', 'warned'],
    ['no expires_in (RFC 6749 §5.1, TK11)', { expires_in: undefined }, 'expires_in', 'not_checked'],
    ['less scope than asked for, with a warning (TK12)', { scope: 'openid' }, 'scope', 'warned'],
    ['the scope asked for', { scope: 'mc_vm_match_hash openid' }, 'scope', 'passed'],
    [
      'a refresh_token, unused and noted (TK13)',
      { refresh_token: 'r'.repeat(40) },
      'refresh_token',
      'warned',
    ],
    ['another correlation_id, with a warning', { correlation_id: 'x' }, 'correlation_id', 'warned'],
  ])('%s', async (_name, tokenBody, check, result) => {
    const run = await bench.play({ tokenBody });
    expect(run.verdict).toBe('match');
    expect(checkOf(run, check)?.result).toBe(result);
    expect(JSON.stringify(run)).not.toContain('r'.repeat(40));
  });

  test('JSON under another media type, with a warning (TK7)', async () => {
    const healthy = await bench.play();
    expect(checkOf(healthy, 'content_type')?.result).toBe('passed');
    const run = await bench.play({
      profile: { idToken: 'optional', issuer: null },
      token: answering(200, '{"access_token":"a","token_type":"Bearer"}', { 'content-type': 'text/plain' }),
    });
    expect(checkOf(run, 'content_type')?.result).toBe('warned');
    expect(run.verdict).toBe('match');
  });
});

test('an answer of 429 is not asked again: the code has had its chance (TK16)', async () => {
  const before = bench.operator.asked('/token').length;
  const run = await bench.play({ token: answering(429, '', { 'retry-after': '0' }) });
  expect(run.failure).toMatchObject({ code: 'token.rate_limited', codeSpent: 'no' });
  expect(bench.operator.asked('/token').length).toBe(before + 1);
  expect(run.cause).toMatchObject({ code: 'operator_busy', evidence: [{ at: 'exchange', leg: 'token' }] });
});

test('the client’s credentials do not follow a redirect (TK14)', async () => {
  await bench.play({ token: answering(302, '', { location: `${bench.operator.origin}/elsewhere` }) });
  await bench.play({ token: answering(307, '', { location: `${bench.operator.origin}/elsewhere` }) });
  expect(bench.operator.asked('/elsewhere')).toEqual([]);
});

test('an answer about the client names neither its secret nor the code (TK2, PR3)', async () => {
  const echo = raw(
    `HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n${JSON.stringify(
      {
        error: 'invalid_client',
        error_description: `No client has the secret ${SECRET}`,
      },
    )}`,
  );
  const run = await bench.play({ token: echo });
  expect(run.failure?.code).toBe('token.invalid_client');
  expect(JSON.stringify(run)).not.toContain(SECRET);
});

test('a code is spent once, whichever run brings it (RFC 6749 §4.1.2, TK27, PR5)', async () => {
  const store = createMemoryRunStore();
  const callback: typeof callbackUrl = (values) => callbackUrl(values, { code: 'the-same-code' });
  const before = bench.operator.asked('/token').length;
  expect((await bench.play({ store, callback })).verdict).toBe('match');
  const second = await bench.play({ store, callback });
  expect(second.failure).toMatchObject({ code: 'token.code_already_used', codeSpent: 'yes' });
  expect(legOf(second, 'token').outcome).toBe('not_run');
  expect(bench.operator.asked('/token').length).toBe(before + 1);
});

test('a browser clock two hours ahead makes no fresh id_token too old (TK29)', async () => {
  const run = await bench.play({ run: { startedAt: Date.now() + 2 * 3_600_000 } });
  expect(run.verdict).toBe('match');
});

test('a profile edited in mid-run changes nothing for it (TK28)', async () => {
  const run = await bench.play({ configured: { clientId: 'another', tokenUrl: 'http://127.0.0.1:1/token' } });
  expect(run).toMatchObject({ verdict: 'match', profile: { clientId: 'client-1' } });
});
