import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  type SimulatedOperator,
  startSimulatedOperator,
} from '../../../backend/simulator/simulated-operator.ts';
import { authorizeUrl, type Browser, openBrowser, walk } from './operator-client.ts';

let operator: SimulatedOperator;
let browser: Browser;
beforeAll(async () => {
  operator = await startSimulatedOperator({ mode: 'loopback', client: { id: 'client-1', secret: 's3cret' } });
  browser = openBrowser(operator);
});
afterAll(async () => {
  await browser.close();
  await operator.close();
});

describe('without a known client and redirect_uri nobody is redirected (RFC 6749 §4.1.2.1)', () => {
  test.each<[string, Record<string, string | undefined>, string]>([
    ['no client_id', { client_id: undefined }, 'MANDATORY parameter client_id is missing'],
    [
      'an unknown client_id',
      { client_id: 'other' },
      'The client is not authorized to request an authorization code',
    ],
    ['no redirect_uri', { redirect_uri: undefined }, 'redirect_uri is invalid'],
    ['another redirect_uri', { redirect_uri: 'https://evil.test/callback' }, 'redirect_uri is invalid'],
  ])('%s is answered 400', async (_what, change, text) => {
    const { status, headers, body } = await browser.get(authorizeUrl(operator, change));
    expect(status).toBe(400);
    expect(headers.location).toBeUndefined();
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(body)).toEqual({ error: 'invalid_request', error_description: text });
  });

  test.each([
    ['a trailing slash', (uri: string) => `${uri}/`],
    ['a query', (uri: string) => `${uri}?a=b`],
    ['another case', (uri: string) => uri.toUpperCase()],
    ['another port', (uri: string) => uri.replace(/:\d+/, ':1')],
  ])('redirect_uri is compared as a string: %s is another one (RFC 6749 §3.1.2.3)', async (_what, bend) => {
    const change = { redirect_uri: bend(operator.redirectUri) };
    expect((await browser.get(authorizeUrl(operator, change))).status).toBe(400);
  });

  test('a redirect_uri sent twice is answered 400', async () => {
    const url = `${authorizeUrl(operator)}&redirect_uri=${encodeURIComponent(operator.redirectUri)}`;
    expect((await browser.get(url)).status).toBe(400);
  });

  test('an unknown scenario is answered 400 with the names of the known ones', async () => {
    const { status, body } = await browser.get(authorizeUrl(operator, { scenario: 'nonsense' }));
    expect(status).toBe(400);
    for (const { name } of operator.scenarios) expect(body).toContain(name);
    expect(body).not.toContain('http-upgraded');
  });
});

const responseType = 'MANDATORY parameter response_type is missing or value is invalid';
const scope = 'The scope value is invalid';
const notSold = 'The client is not allowed to make MC service requests';
const version = 'MANDATORY parameter version is missing / invalid.';
const state = 'RECOMMENDED parameter state is invalid';
const nonce = 'MANDATORY parameter nonce is missing (or) invalid.';
const acr = 'MANDATORY parameter acr_values are missing or invalid values.';
const hint = 'Invalid value for login_hint or login_hint_token';
const mode = 'response_mode contains same as response_type (or) invalid';
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

describe('a fault in the request goes back to the client in the published words (GSMA Mobile Connect DI R2.3)', () => {
  test.each<[Record<string, string | undefined>, string, string]>([
    [{ response_type: undefined }, 'invalid_request', responseType],
    [{ response_type: 'token' }, 'invalid_request', responseType],
    [{ scope: undefined }, 'invalid_request', 'MANDATORY parameter scope is missing'],
    [{ scope: '' }, 'invalid_request', 'MANDATORY parameter scope is missing'],
    [{ scope: 'mc_vm_match_hash' }, 'invalid_scope', scope],
    [{ scope: 'openid' }, 'invalid_scope', scope],
    [{ scope: 'openid MC_VM_MATCH_HASH' }, 'invalid_scope', scope],
    [{ scope: 'openid mc_vm_match_hash profile' }, 'invalid_scope', scope],
    [{ scope: 'openid mc_authn' }, 'unauthorized_client', notSold],
    [{ version: undefined }, 'invalid_request', version],
    [{ version: 'mc_v9' }, 'invalid_request', version],
    [{ state: undefined }, 'invalid_request', state],
    [{ state: '' }, 'invalid_request', state],
    [{ nonce: undefined }, 'invalid_request', nonce],
    [{ nonce: 'line\nbreak' }, 'invalid_request', nonce],
    [{ acr_values: undefined }, 'invalid_request', acr],
    [{ acr_values: '5' }, 'invalid_request', acr],
    [{ acr_values: '2 high' }, 'invalid_request', acr],
    [
      { login_hint: 'MSISDN:447700900901', login_hint_token: 'x' },
      'invalid_request',
      'Malformed request, duplicate parameter entries',
    ],
    [{ login_hint: '447700900901' }, 'invalid_request', hint],
    [{ login_hint: 'MSISDN:+447700900901' }, 'invalid_request', hint],
    [{ login_hint_token: '' }, 'invalid_request', hint],
    [{ display: 'tv' }, 'invalid_request', 'Invalid display value. / not supported.'],
    [{ prompt: 'maybe' }, 'invalid_request', 'Prompt value is invalid'],
    [{ claims: 'not json' }, 'invalid_request', 'claims value is invalid,'],
    [{ claims: '[]' }, 'invalid_request', 'claims value is invalid,'],
    [{ max_age: '-1' }, 'invalid_request', 'Invalid max_age value'],
    [{ correlation_id: '' }, 'invalid_request', 'Invalid correlation_id value.'],
    [{ client_name: 'Somebody else' }, 'invalid_request', 'Invalid client_name value'],
    [{ response_mode: 'code' }, 'invalid_request', mode],
    [{ code_challenge: challenge }, 'invalid_request', 'transform algorithm not supported'],
    [
      { code_challenge: challenge, code_challenge_method: 'plain' },
      'invalid_request',
      'transform algorithm not supported',
    ],
    [{ code_challenge_method: 'S256' }, 'invalid_request', 'code challenge required'],
    [{ request: 'e30.e30.' }, 'request_not_supported', 'request is not supported'],
    [{ request_uri: 'https://rp.test/r' }, 'request_uri_not_supported', 'request_uri is not supported'],
  ])('%j is answered %s', async (change, error, text) => {
    const { hops, callback } = await walk(operator, browser, authorizeUrl(operator, change));
    expect(hops).toHaveLength(1);
    const { state: sentState = '2f1c6f0e-6ab6-4b0e-9f0d-6a3f1c1f7a11' } = change;
    const owesState = !('state' in change) && sentState;
    expect(Object.fromEntries(callback?.searchParams ?? [])).toEqual({
      error,
      error_description: text,
      ...(owesState ? { state: owesState } : {}),
      ...(change.correlation_id === '' ? {} : { correlation_id: '4b4c2a7e-96a1-4b67-8c43-3d9f7d1e6b33' }),
    });
  });

  test('a parameter that stands there twice is a malformed request (RFC 6749 §3.1)', async () => {
    const { callback } = await walk(operator, browser, `${authorizeUrl(operator)}&nonce=again`);
    expect(callback?.searchParams.get('error_description')).toBe(
      'Multiple parameter names in the authorization request. Malformed request',
    );
  });

  test('a broken percent-encoding is an invalid serialization', async () => {
    const { callback } = await walk(operator, browser, `${authorizeUrl(operator)}&x=%zz`);
    expect(callback?.searchParams.get('error_description')).toBe('GET request invalid serialization');
  });

  test.each([
    { version: 'mc_v2.0' },
    { acr_values: '3 2' },
    { prompt: 'none' },
    { prompt: 'no_seam' },
    { display: 'touch' },
    { login_hint: 'MSISDN:447700900901' },
    { correlation_id: undefined },
    { max_age: '60' },
    { unknown_parameter: 'ignored' },
    { scope: 'mc_vm_match openid mc_vm_match_hash' },
    { code_challenge: challenge, code_challenge_method: 'S256' },
  ])('%j is no fault', async (change) => {
    const { callback } = await walk(operator, browser, authorizeUrl(operator, change));
    expect(callback?.searchParams.get('code')).toBeTruthy();
    expect(callback?.searchParams.has('correlation_id')).toBe(!('correlation_id' in change));
  });
});

test('hops take GET alone (RFC 9110 §15.5.6)', async () => {
  const { status, headers } = await browser.send(authorizeUrl(operator), { method: 'POST' });
  expect(status).toBe(405);
  expect(headers.allow).toBe('GET');
});
