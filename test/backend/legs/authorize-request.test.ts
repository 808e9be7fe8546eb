import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { buildAuthorizeUrl } from '../../../backend/legs/authorize-request.ts';
import { codeChallenge, deriveValues, keyedDigest } from '../../../backend/legs/derived-values.ts';
import { profileAt } from '../../support/fixtures.ts';

const key = Buffer.alloc(32, 1);
const values = deriveValues(key, 'run-1');
const sent = (change = {}) =>
  Object.fromEntries(
    new URL(buildAuthorizeUrl(profileAt('https://api.example', change), values, null)).searchParams,
  );

test('asks with exactly the parameters of Mobile Connect DI R2.3', () => {
  expect(sent()).toEqual({
    client_id: 'client-1',
    redirect_uri: 'https://app.example/callback',
    response_type: 'code',
    scope: 'openid mc_vm_match_hash',
    version: 'mc_di_r2_v2.3',
    acr_values: '2',
    state: values.state,
    nonce: values.nonce,
    correlation_id: values.correlationId,
    code_challenge: createHash('sha256').update(values.codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
});

test('leaves out what the profile does not have', () => {
  const parameters = sent({ pkce: false, acrValues: null, version: null });
  expect(parameters).not.toHaveProperty('code_challenge');
  expect(parameters).not.toHaveProperty('acr_values');
  expect(parameters).not.toHaveProperty('version');
});

test('keeps the query of the configured authorize URL (RFC 6749 §3.1)', () => {
  const profile = profileAt('https://api.example', { authorizeUrl: 'https://api.example/a?market=gb' });
  const url = new URL(buildAuthorizeUrl(profile, values, 'match'));
  expect(url.searchParams.get('market')).toBe('gb');
  expect(url.searchParams.get('scenario')).toBe('match');
});

test('state and nonce are UUIDs of version 4, all different, and no two runs share one', () => {
  const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (a, b) => {
      const [one, two] = [deriveValues(key, a), deriveValues(key, b)];
      for (const id of [one.state, one.nonce, one.correlationId]) expect(id).toMatch(UUID4);
      const all = [one, ...(a === b ? [] : [two])].flatMap((each) => Object.values(each));
      expect(new Set(all).size).toBe(all.length);
      expect(deriveValues(key, a)).toEqual(one);
    }),
  );
});

test('another server key derives other values', () => {
  expect(deriveValues(Buffer.alloc(32, 2), 'run-1').state).not.toBe(values.state);
  expect(keyedDigest(key, 'code', 'x')).not.toBe(keyedDigest(key, 'create', 'x'));
});

test('the challenge is that of the published vector (RFC 7636 Appendix B)', () => {
  expect(codeChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  );
  expect(values.codeVerifier).toMatch(/^[\w.~-]{43,128}$/);
});
