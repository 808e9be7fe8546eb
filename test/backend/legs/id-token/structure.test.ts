import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import { issuer, judge, NONCE } from '../../../support/id-token-judge.ts';
import { unsigned } from '../../../support/issuer.ts';
import { claimsFor } from '../../../support/leg-bench.ts';

const claims = claimsFor({ nonce: NONCE });
const good = await issuer.sign(claims);
const [header = '', payload = '', signature = ''] = good.split('.');
const encoded = (text: string) => Buffer.from(text).toString('base64url');

describe('a token that is none is malformed (RFC 7515 §7.1)', () => {
  test.each([
    ['one part', 'eyJhbGciOiJSUzI1NiJ9'],
    ['two parts', `${header}.${payload}`],
    ['four parts', `${good}.x`],
    ['five parts, which is an encrypted one', `${header}.a.b.c.d`],
    ['an empty string', ''],
    ['a header that is no JSON', `${encoded('{"alg"')}.${payload}.${signature}`],
    ['a header that is an array', `${encoded('["RS256"]')}.${payload}.${signature}`],
    ['claims that are null', `${header}.${encoded('null')}.${signature}`],
    [
      'claims that are no UTF-8',
      `${header}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.${signature}`,
    ],
    ['padding', `${header}=.${payload}.${signature}`],
    ['characters outside base64url', `${header}.${payload}+/.${signature}`],
    ['a line break', `${header}.\n${payload}.${signature}`],
    ['200 KB', `${header}.${'a'.repeat(200_000)}.${signature}`],
  ])('%s', async (_name, raw) => {
    const judgement = await judge({ raw });
    expect(judgement.code).toBe('idtoken.malformed');
    expect(judgement.checks).toHaveLength(1);
    expect(judgement.sub).toBeNull();
  });
});

/** HS256 with what an attacker knows: the public key. */
function hs256(key: string): string {
  const input = `${encoded('{"alg":"HS256","kid":"key-1"}')}.${payload}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
}

describe('an algorithm that proves nothing is refused (RFC 8725 §3.1, OIDC Core 3.1.3.7 (7))', () => {
  test.each([
    ['none', unsigned({ alg: 'none' }, claims)],
    ['nOnE', unsigned({ alg: 'nOnE' }, claims)],
    ['none with a signature', unsigned({ alg: 'none' }, claims, signature)],
    ['no algorithm', unsigned({}, claims, signature)],
    ['an array of algorithms', unsigned({ alg: ['RS256'] }, claims, signature)],
    ['an algorithm in the wrong case', unsigned({ alg: 'rs256' }, claims, signature)],
    ['HS256 with the public key as its secret', hs256(issuer.jwk.n ?? '')],
    ['HS256 with the client secret', hs256('the-client-secret')],
    ['RS384', unsigned({ alg: 'RS384', kid: 'key-1' }, claims, signature)],
    ['EdDSA', unsigned({ alg: 'EdDSA', kid: 'key-1' }, claims, signature)],
    ['__proto__ with an algorithm', `${encoded('{"__proto__":{"alg":"RS256"}}')}.${payload}.${signature}`],
  ])('%s', async (_name, raw) => {
    const judgement = await judge({ raw });
    expect(judgement.code).toBe('idtoken.alg_not_allowed');
    expect(judgement.check('signature')).toMatchObject({ result: 'not_checked', why: 'alg_not_allowed' });
  });
});

describe('a token may not bring the key it is checked with (RFC 8725 §3.10)', () => {
  test.each([
    ['jwk', { jwk: issuer.jwk }],
    ['jku', { jku: 'https://evil.example/jwks' }],
    ['x5c', { x5c: ['MIIB'] }],
    ['x5u', { x5u: 'https://evil.example/cert' }],
    ['crit', { crit: ['b64'] }],
    ['b64', { b64: false }],
  ])('%s', async (name, extra) => {
    const raw = unsigned({ alg: 'RS256', kid: 'key-1', ...extra }, claims, signature);
    const judgement = await judge({ raw });
    expect(judgement.code).toBe('idtoken.alg_not_allowed');
    expect(judgement.check('alg')?.actual).toBe(name);
  });
});

test('RS256, PS256 and ES256 are the algorithms, and each verifies', async () => {
  const { createIssuer } = await import('../../../support/issuer.ts');
  const { compactVerify, importJWK } = await import('jose');
  const { ALLOWED_ALGS } = await import('../../../../backend/legs/id-token/alg.ts');
  expect(ALLOWED_ALGS).toEqual(['RS256', 'PS256', 'ES256']);
  for (const alg of ALLOWED_ALGS) {
    const other = await createIssuer('key-2', alg);
    const raw = await other.sign(claims);
    await compactVerify(raw, await importJWK(other.jwk), { algorithms: ALLOWED_ALGS });
    expect((await judge({ raw })).check('alg')?.result).toBe('passed');
  }
});
