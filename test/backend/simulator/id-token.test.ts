import { createHash, createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  type SimulatedOperator,
  startSimulatedOperator,
} from '../../../backend/simulator/simulated-operator.ts';
import { askPremiuminfo, type Browser, codeFor, openBrowser, redeem } from './operator-client.ts';

let operator: SimulatedOperator;
let browser: Browser;
beforeAll(async () => {
  operator = await startSimulatedOperator({
    mode: 'tls',
    client: { id: 'client-1', secret: 's3cret' },
    slowHopMs: 50,
  });
  browser = openBrowser(operator);
});
afterAll(async () => {
  await browser.close();
  await operator.close();
});

const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString());

async function tokens(change: Record<string, string | undefined> = {}) {
  const answer = await redeem(operator, browser, await codeFor(operator, browser, change));
  return JSON.parse(answer.body) as { access_token: string; id_token: string };
}

test('the id_token is signed with RS256 by the key its kid names, which is not the first one (RFC 7517 §4.5)', async () => {
  const { id_token } = await tokens();
  const [header, payload, signature = ''] = id_token.split('.');
  const { keys } = JSON.parse((await browser.get(operator.jwksUrl)).body);
  expect(keys).toHaveLength(2);
  expect(keys[0].kid).not.toBe(keys[1].kid);
  for (const key of keys) expect(key.d).toBeUndefined();
  const { alg, kid } = decode(header);
  expect(alg).toBe('RS256');
  expect(kid).toBe(keys[1].kid);
  const isSignedBy = (jwk: (typeof keys)[number]) =>
    verify(
      'sha256',
      Buffer.from(`${header}.${payload}`),
      createPublicKey({ key: jwk, format: 'jwk' }),
      Buffer.from(signature, 'base64url'),
    );
  expect(keys.map(isSignedBy)).toEqual([false, true]);
});

test('the id_token says who, for whom, how and when (OIDC Core §2)', async () => {
  const before = Math.floor(Date.now() / 1000);
  const { access_token, id_token } = await tokens();
  const claims = decode(id_token.split('.')[1]);
  const digest = createHash('sha256').update(access_token).digest();
  expect(claims).toEqual({
    iss: operator.issuer,
    sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
    aud: ['client-1'],
    azp: 'client-1',
    exp: claims.iat + 300,
    iat: expect.any(Number),
    auth_time: expect.any(Number),
    nonce: '8d3f0f0c-2f6e-4c86-8a39-0a3f2d9d5c22',
    at_hash: digest.subarray(0, 16).toString('base64url'),
    acr: '2',
    amr: ['SEAM_OK'],
  });
  for (const at of [claims.iat, claims.auth_time]) {
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now() / 1000);
  }
});

test('the subject is the same for the same SIM, here and at premiuminfo (OIDC Core §5.3.2)', async () => {
  const [first, second, other] = [await tokens(), await tokens(), await tokens({ scenario: 'slow-hop' })];
  const subOf = ({ id_token }: { id_token: string }) => decode(id_token.split('.')[1]).sub;
  expect(subOf(second)).toBe(subOf(first));
  expect(subOf(other)).not.toBe(subOf(first));
  const claim = { mc_claims: { device_msisdn_hash: '0'.repeat(64) } };
  const info = JSON.parse((await askPremiuminfo(operator, browser, first.access_token, claim)).body);
  expect(info.sub).toBe(subOf(first));
});
