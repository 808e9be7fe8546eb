import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

import {
  type SimulatedOperator,
  startSimulatedOperator,
} from '../../../backend/simulator/simulated-operator.ts';
import { askPremiuminfo, type Browser, codeFor, openBrowser, redeem } from './operator-client.ts';

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
afterEach(() => {
  vi.useRealTimers();
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const own = '+447700900901';
const hashClaim = (device_msisdn_hash: unknown) => ({ mc_claims: { device_msisdn_hash } });
const bothScopes = 'openid mc_vm_match mc_vm_match_hash';

async function tokenFor(change: Record<string, string | undefined> = {}): Promise<string> {
  return JSON.parse((await redeem(operator, browser, await codeFor(operator, browser, change))).body)
    .access_token;
}

test.each([
  ['the hash of the SIM on the network', hashClaim(sha256(own)), true],
  ['the hash without the plus sign', hashClaim(sha256(own.slice(1))), false],
  ['the hash of another number', hashClaim(sha256('+447700900999')), false],
  ['the number itself', { mc_claims: { device_msisdn: own } }, true],
  ['another number', { mc_claims: { device_msisdn: '+447700900999' } }, false],
])('%s is answered by a Boolean (GSMA Mobile Connect Verified MSISDN)', async (_what, body, verified) => {
  const answer = await askPremiuminfo(operator, browser, await tokenFor({ scope: bothScopes }), body);
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toEqual({
    sub: expect.any(String),
    device_msisdn_verified: verified,
    correlation_id: '4b4c2a7e-96a1-4b67-8c43-3d9f7d1e6b33',
  });
});

test.each([
  ['mc_vm_match', hashClaim(sha256(own))],
  ['mc_vm_match_hash', { mc_claims: { device_msisdn: own } }],
])('scope %s does not cover the other attribute: 403 (RFC 6750 §3.1)', async (scope, body) => {
  const answer = await askPremiuminfo(operator, browser, await tokenFor({ scope: `openid ${scope}` }), body);
  expect(answer.status).toBe(403);
  expect(JSON.parse(answer.body)).toEqual({
    error: 'insufficient_scope',
    error_description: 'Insufficient scope',
  });
  expect(answer.headers['www-authenticate']).toContain('error="insufficient_scope"');
});

test.each(
  [
    {},
    [],
    null,
    { mc_claims: {} },
    { mc_claims: [] },
    hashClaim(sha256(own).toUpperCase()),
    hashClaim(own),
    hashClaim(true),
    { mc_claims: { device_msisdn: own.slice(1) } },
    { mc_claims: { device_msisdn: own, device_msisdn_hash: sha256(own) } },
    { mc_claims: { toString: sha256(own) } },
    { device_msisdn_hash: sha256(own) },
  ].map((body) => ({ body })),
)('$body is an invalid_request', async ({ body }) => {
  const answer = await askPremiuminfo(operator, browser, await tokenFor({ scope: bothScopes }), body);
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.body)).toEqual({
    error: 'invalid_request',
    error_description: 'Malformed request, invalid url encoding',
  });
});

test('a body that does not say it is JSON, or is not, is an invalid_request', async () => {
  const authorization = `Bearer ${await tokenFor()}`;
  for (const [type, body] of [
    ['text/plain', JSON.stringify(hashClaim(sha256(own)))],
    ['application/json', '{"mc_claims":'],
  ] as const) {
    const headers = { authorization, 'content-type': type };
    const answer = await browser.send(operator.premiuminfoUrl, { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
  }
});

test.each(['invented', '[object Promise]', ''])(
  'the token %j does not exist: 401 (RFC 6750 §3.1)',
  async (token) => {
    const answer = await askPremiuminfo(operator, browser, token, hashClaim(sha256(own)));
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.body)).toEqual({
      error: 'invalid_token',
      error_description: 'access_token does not exist',
    });
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
  },
);

test('a token is good for as long as expires_in said, and for more than one question', async () => {
  const token = await tokenFor();
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + 299_000);
  expect((await askPremiuminfo(operator, browser, token, hashClaim(sha256(own)))).status).toBe(200);
  expect((await askPremiuminfo(operator, browser, token, hashClaim(sha256(own)))).status).toBe(200);
  vi.setSystemTime(Date.now() + 2_000);
  expect((await askPremiuminfo(operator, browser, token, hashClaim(sha256(own)))).status).toBe(401);
});

test('the question is a POST, and the path has no trailing slash', async () => {
  expect((await browser.get(operator.premiuminfoUrl)).status).toBe(405);
  expect((await browser.send(`${operator.premiuminfoUrl}/`, { method: 'POST' })).status).toBe(404);
});
