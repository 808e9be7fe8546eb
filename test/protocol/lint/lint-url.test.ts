import { describe, expect, test } from 'vitest';

import type { LintCode } from '#protocol/lint/finding.ts';
import { isWalkable, lintUrl } from '#protocol/lint/lint-url.ts';
import { bitsOf } from '#protocol/lint/unguessable.ts';

const GOOD = {
  client_id: 'client-of-ours',
  redirect_uri: 'https://app.example/callback',
  response_type: 'code',
  scope: 'openid mc_vm_match_hash',
  version: 'mc_di_r2_v2.3',
  state: '0b6ee0c8-9a3f-4c0e-8a3e-51a1c3b2a6f1',
  nonce: '5f2c9a1e-7d64-4b7c-9d0a-2f6b8e4c1a90',
  acr_values: '2',
  correlation_id: '1c4e8a72-6b3d-4f5a-9e8c-7d2b1a0f3e64',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
};
type Parameters = Partial<Record<string, string | null>>;
const ENDPOINT = 'https://api.operator.example/mobileconnect/deviceinitiated/v1/authorize';

/** The good request with some parameters changed, or taken away where they are null. */
function requestOf(changed: Parameters = {}, endpoint = ENDPOINT, more = ''): string {
  const wanted = Object.entries({ ...GOOD, ...changed }).filter(([, value]) => value !== null);
  return `${endpoint}?${new URLSearchParams(wanted as [string, string][])}${more}`;
}
const codes = (url: string) => lintUrl(url).map(({ code }) => code);

test('a request as operators want it has nothing to be said against (Mobile Connect DI v2.3)', () => {
  expect(lintUrl(requestOf())).toEqual([]);
});

describe('each rule', () => {
  test.each<[LintCode, 'error' | 'warning' | 'note', string | null, string, string]>([
    ['missing_client_id', 'error', 'client_id', 'RFC 6749 §4.1.1', requestOf({ client_id: null })],
    [
      'missing_response_type',
      'error',
      'response_type',
      'RFC 6749 §4.1.1',
      requestOf({ response_type: null }),
    ],
    ['missing_redirect_uri', 'error', 'redirect_uri', 'Mobile Connect', requestOf({ redirect_uri: null })],
    ['missing_scope', 'error', 'scope', 'Mobile Connect', requestOf({ scope: null })],
    ['missing_version', 'error', 'version', 'Mobile Connect', requestOf({ version: null })],
    ['missing_state', 'error', 'state', 'Mobile Connect', requestOf({ state: null })],
    ['missing_nonce', 'error', 'nonce', 'Mobile Connect', requestOf({ nonce: null })],
    ['missing_acr_values', 'error', 'acr_values', 'Mobile Connect', requestOf({ acr_values: null })],
    ['empty_parameter', 'error', 'correlation_id', 'RFC 6749 §3.1', requestOf({ correlation_id: '' })],
    [
      'duplicate_parameter',
      'error',
      'state',
      'RFC 6749 §3.1',
      requestOf({}, ENDPOINT, '&state=another-state-of-its-own-1'),
    ],
    ['misspelled_parameter', 'warning', 'max-age', 'RFC 6749 §3.1', requestOf({ 'max-age': '10' })],
    ['misspelled_parameter', 'warning', 'Client_Name', 'RFC 6749 §3.1', requestOf({ Client_Name: 'x' })],
    ['unknown_parameter', 'note', 'colour', 'RFC 6749 §3.1', requestOf({ colour: 'red' })],
    [
      'response_type',
      'error',
      'response_type',
      'Mobile Connect',
      requestOf({ response_type: 'code id_token' }),
    ],
    ['scope_separator', 'error', 'scope', 'RFC 6749 §3.3', requestOf({ scope: 'openid,mc_vm_match' })],
    ['scope_without_openid', 'error', 'scope', 'OIDC Core §3.1.2.1', requestOf({ scope: 'mc_vm_match' })],
    ['scope_without_match', 'note', 'scope', 'GSMA Verified MSISDN', requestOf({ scope: 'openid mc_authn' })],
    [
      'scope_old_spelling',
      'warning',
      'scope',
      'Mobile Connect',
      requestOf({ scope: 'openid mc_mnv_validate' }),
    ],
    ['version', 'error', 'version', 'Mobile Connect', requestOf({ version: '2.3' })],
    ['state_weak', 'warning', 'state', 'RFC 6749 §10.12', requestOf({ state: 'xyz' })],
    ['nonce_weak', 'warning', 'nonce', 'OIDC Core §15.5.2', requestOf({ nonce: '1700000000' })],
    ['state_is_nonce', 'warning', 'nonce', 'RFC 9700 §4.7.1', requestOf({ nonce: GOOD.state })],
    [
      'redirect_uri_encoded_twice',
      'error',
      'redirect_uri',
      'RFC 6749 Appendix B',
      requestOf({ redirect_uri: 'https%3A%2F%2Fapp.example%2Fcallback' }),
    ],
    [
      'redirect_uri_not_absolute',
      'error',
      'redirect_uri',
      'RFC 6749 §3.1.2',
      requestOf({ redirect_uri: '/callback' }),
    ],
    [
      'redirect_uri_fragment',
      'error',
      'redirect_uri',
      'RFC 6749 §3.1.2',
      requestOf({ redirect_uri: 'https://app.example/cb#done' }),
    ],
    [
      'redirect_uri_login',
      'error',
      'redirect_uri',
      'RFC 3986 §3.2.1',
      requestOf({ redirect_uri: 'https://a:b@app.example/cb' }),
    ],
    [
      'redirect_uri_wildcard',
      'error',
      'redirect_uri',
      'RFC 9700 §2.1',
      requestOf({ redirect_uri: 'https://*.app.example/cb' }),
    ],
    [
      'redirect_uri_plain_http',
      'error',
      'redirect_uri',
      'RFC 9700 §2.6',
      requestOf({ redirect_uri: 'http://app.example/cb' }),
    ],
    [
      'redirect_uri_custom_scheme',
      'note',
      'redirect_uri',
      'RFC 8252 §7.1',
      requestOf({ redirect_uri: 'com.example.app:/cb' }),
    ],
    [
      'redirect_uri_has_answer',
      'error',
      'redirect_uri',
      'RFC 6749 §4.1.2',
      requestOf({ redirect_uri: 'https://app.example/cb?state=1' }),
    ],
    ['acr_values', 'error', 'acr_values', 'Mobile Connect', requestOf({ acr_values: '2,3' })],
    ['prompt', 'error', 'prompt', 'Mobile Connect', requestOf({ prompt: 'never' })],
    ['prompt_not_mobile_connect', 'warning', 'prompt', 'Mobile Connect', requestOf({ prompt: 'login' })],
    ['prompt_none_not_alone', 'error', 'prompt', 'OIDC Core §3.1.2.1', requestOf({ prompt: 'none login' })],
    ['prompt_none', 'note', 'prompt', 'OIDC Core §3.1.2.1', requestOf({ prompt: 'none' })],
    ['display', 'error', 'display', 'Mobile Connect', requestOf({ display: 'mobile' })],
    ['max_age', 'error', 'max_age', 'OIDC Core §3.1.2.1', requestOf({ max_age: '-1' })],
    ['login_hint_form', 'error', 'login_hint', 'Mobile Connect', requestOf({ login_hint: '447700900907' })],
    [
      'login_hint_plus',
      'warning',
      'login_hint',
      'Mobile Connect',
      requestOf({ login_hint: 'MSISDN:+447700900907' }),
    ],
    [
      'two_hints',
      'error',
      'login_hint_token',
      'Mobile Connect',
      requestOf({ login_hint: 'PCR:x', login_hint_token: 'y' }),
    ],
    [
      'id_token_hint_without_none',
      'warning',
      'id_token_hint',
      'OIDC Core §3.1.2.1',
      requestOf({ id_token_hint: 'x' }),
    ],
    [
      'response_mode',
      'error',
      'response_mode',
      'Multiple Response Types',
      requestOf({ response_mode: 'code' }),
    ],
    [
      'response_mode_unseen',
      'warning',
      'response_mode',
      'Multiple Response Types',
      requestOf({ response_mode: 'form_post' }),
    ],
    ['not_in_version', 'warning', 'dtbs', 'Mobile Connect', requestOf({ dtbs: 'text' })],
    [
      'not_in_version',
      'warning',
      'response_mode',
      'Mobile Connect',
      requestOf({ version: 'mc_v2.0', response_mode: 'query' }),
    ],
    [
      'not_in_version',
      'warning',
      'login_hint_token',
      'Mobile Connect',
      requestOf({ version: 'mc_v1.1', login_hint_token: 'y', correlation_id: null }),
    ],
    ['not_in_version', 'warning', 'correlation_id', 'Mobile Connect', requestOf({ version: 'mc_v1.1' })],
    ['ui_locales', 'warning', 'ui_locales', 'OIDC Core §3.1.2.1', requestOf({ ui_locales: 'en_GB,de' })],
    [
      'correlation_id',
      'note',
      'correlation_id',
      'Mobile Connect',
      requestOf({ correlation_id: 'our-first-try' }),
    ],
    [
      'pkce_missing',
      'note',
      'code_challenge',
      'RFC 9700 §2.1.1',
      requestOf({ code_challenge: null, code_challenge_method: null }),
    ],
    [
      'pkce_plain',
      'warning',
      'code_challenge_method',
      'RFC 7636 §4.2',
      requestOf({ code_challenge_method: null }),
    ],
    ['pkce_challenge', 'error', 'code_challenge', 'RFC 7636 §4.2', requestOf({ code_challenge: 'short' })],
    [
      'secret_in_url',
      'error',
      'client_secret',
      'RFC 6749 §2.3.1',
      requestOf({ client_secret: 'do-not-repeat-me' }),
    ],
    [
      'number_in_url',
      'warning',
      'login_hint',
      'RFC 9700 §4.2.4',
      requestOf({ login_hint: 'MSISDN:447700900907' }),
    ],
    [
      'answer_in_url',
      'error',
      'code',
      'RFC 6749 §4.1.2',
      'https://app.example/callback?code=do-not-repeat-me&state=x',
    ],
    ['not_a_url', 'error', null, 'RFC 3986 §3', 'api.operator.example/authorize'],
    ['not_http', 'error', null, 'RFC 6749 §3.1', requestOf({}, 'ftp://api.operator.example/authorize')],
    ['whitespace', 'warning', null, 'RFC 3986 §2', requestOf().replace('%2F', ' %2F')],
    [
      'login_in_url',
      'error',
      null,
      'RFC 3986 §3.2.1',
      requestOf({}, 'https://me:secret@api.operator.example/authorize'),
    ],
    ['plain_http', 'error', null, 'RFC 6749 §3.1', requestOf({}, 'http://api.operator.example/authorize')],
    ['fragment', 'warning', null, 'RFC 6749 §3.1', requestOf({}, ENDPOINT, '#top')],
    ['too_long', 'warning', null, 'RFC 9110 §4.1', requestOf({ claims: 'x'.repeat(9000) })],
    ['not_authorize', 'note', null, 'RFC 6749 §4.1.1', 'https://operator.example/start'],
  ])('%s is a %s in %s, by %s', (code, level, where, clause, url) => {
    const found = lintUrl(url).filter((one) => one.code === code);
    expect(found).toEqual([expect.objectContaining({ code, level, where })]);
    expect(found[0]?.clause).toContain(clause);
  });

  test('says nothing where its own condition is met', () => {
    expect(codes(requestOf({ prompt: 'no_seam', display: 'touch', max_age: '0' }))).toEqual([]);
    expect(codes(requestOf({ redirect_uri: 'http://127.0.0.1:8000/cb' }))).toEqual([]);
    expect(codes(requestOf({ scope: 'openid mc_vm_match', acr_values: '3 2' }))).toEqual([]);
    expect(codes(requestOf({}, 'http://login.localhost:9000/authorize'))).toEqual([]);
    expect(codes(requestOf({ version: 'mc_v1.1', dtbs: 'text', correlation_id: null }))).toEqual([]);
    expect(codes(requestOf({ response_mode: 'query', ui_locales: 'en-GB zh-Hant-TW de' }))).toEqual([]);
    expect(codes(requestOf({ claims_locales: 'en_GB' }))).toEqual(['ui_locales']);
  });
});

describe('who binds the request', () => {
  const others = { version: null, acr_values: null, nonce: null };

  test('CAMARA asks for no version and no acr_values (ICM)', () => {
    const scope = 'openid dpv:FraudPreventionAndDetection number-verification:verify';
    const found = codes(requestOf({ ...others, scope }, 'https://api.operator.example/authorize'));
    expect(found).toEqual(['missing_nonce']);
  });

  test('a request that shows no sign of either is advised, not refused', () => {
    const found = lintUrl(requestOf({ ...others, scope: 'openid' }, 'https://login.example/authorize'));
    expect(found.every(({ level }) => level === 'note')).toBe(true);
    expect(found.map(({ code }) => code)).toContain('missing_version');
  });

  test('what a signed request object carries is not missed (RFC 9101 §5)', () => {
    expect(codes('https://login.example/authorize?client_id=x&request_uri=urn:x').join()).not.toContain(
      'missing',
    );
  });
});

test('the worst comes first', () => {
  const levels = lintUrl(requestOf({ state: 'xyz', colour: 'red', response_type: 'token' })).map(
    ({ level }) => level,
  );
  expect(levels).toEqual(['error', 'warning', 'note']);
});

test('a secret is named and never repeated (PR3)', () => {
  const url = requestOf({
    client_secret: 'do-not-repeat-me',
    login_hint: 'MSISDN:447700900907',
    state: 'weak-state',
  });
  const said = JSON.stringify(lintUrl(url));
  for (const secret of ['do-not-repeat-me', '447700900907', 'weak-state']) expect(said).not.toContain(secret);
});

test('nothing that anyone may paste makes it throw', () => {
  for (const odd of [
    '',
    ' ',
    'https://',
    'javascript:alert(1)',
    'https://x/?%',
    `https://x/?${'&'.repeat(5000)}`,
    '%%%',
    'http://[::1]/?scope=,',
  ])
    expect(() => lintUrl(odd)).not.toThrow();
});

test('only http and https without a login can be walked', () => {
  expect(isWalkable(requestOf())).toBe(true);
  for (const url of ['x', 'ftp://a.example/', 'https://me:pw@a.example/', 'javascript:alert(1)'])
    expect(isWalkable(url)).toBe(false);
});

test('a value is measured by its alphabet, its length and how often it repeats itself (RFC 6749 §10.12)', () => {
  expect(bitsOf(GOOD.state)).toBeGreaterThan(100);
  expect(bitsOf('a'.repeat(64))).toBeLessThanOrEqual(64);
  expect(bitsOf('')).toBe(0);
});
