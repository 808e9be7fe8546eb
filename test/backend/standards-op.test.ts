import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Profile } from '#protocol/profile.ts';
import type { Run } from '#protocol/run.ts';
import { legOf } from '#protocol/run-reading.ts';

import { type Bench, createRequest, startBench } from '../support/bench.ts';
import { CALLBACK_END, profileAt } from '../support/fixtures.ts';
import { createRun, readRun, submit } from '../support/node-walker.ts';
import {
  OP_CLIENT,
  OP_SUB,
  type StandardsOp,
  startStandardsOp,
  walkStandardsOp,
} from '../support/standards-op.ts';

let op: StandardsOp;
let bench: Bench;
beforeAll(async () => {
  op = await startStandardsOp();
  const at = (id: string, change: Partial<Profile> = {}) => ({
    clientSecret: OP_CLIENT.secret,
    privateAddresses: true,
    profile: profileAt(op.issuer, {
      id,
      authorizeUrl: `${op.issuer}/auth`,
      resource: { url: `${op.issuer}/me`, requestKind: 'msisdn_hash', resultField: 'device_msisdn_verified' },
      jwksUrl: `${op.issuer}/jwks`,
      issuer: op.issuer,
      clientId: OP_CLIENT.id,
      scope: 'openid',
      acrValues: null,
      version: null,
      ...change,
    }),
  });
  bench = await startBench({
    profiles: [
      at('standards'),
      at('without-pkce', { pkce: false }),
      at('other-issuer', { issuer: 'https://other.example' }),
    ],
  });
});
afterAll(async () => {
  await bench.close();
  await op.close();
});

async function play(profileId: string): Promise<Run> {
  const { run, authorizeUrl } = await createRun(bench, createRequest({ profileId, scenario: null }));
  const { callbackUrl } = await walkStandardsOp(authorizeUrl);
  const submission = { hops: [], chainEnd: CALLBACK_END, callbackUrl, numberHash: '0'.repeat(64) };
  await submit(bench, run.id, submission);
  return readRun(bench, run.id);
}

test('a certified provider passes legs 1 and 2 with every check there is', async () => {
  const run = await play('standards');
  expect(run.legs.map(({ outcome }) => outcome).slice(0, 2)).toEqual(['passed', 'passed']);
  const results = Object.fromEntries(legOf(run, 'token').checks.map(({ name, result }) => [name, result]));
  expect(results).toMatchObject({
    http_status: 'passed',
    content_type: 'passed',
    access_token: 'passed',
    token_type: 'passed',
    structure: 'passed',
    alg: 'passed',
    signature: 'passed',
    iss: 'passed',
    aud: 'passed',
    exp: 'passed',
    iat: 'passed',
    nonce: 'passed',
    sub: 'passed',
    // This provider sends it from its authorization endpoint only, as OIDC Core §3.1.3.6 allows.
    at_hash: 'not_checked',
  });
  // RFC 9207: this provider names itself in the redirect.
  expect(legOf(run, 'authorize').checks.find(({ name }) => name === 'iss_param')?.result).toBe('passed');
});

test('leg 3 reaches its userinfo with the token, which knows nothing of Number Verify', async () => {
  const run = await play('standards');
  const [exchange] = legOf(run, 'premiuminfo').exchanges;
  expect(exchange?.sent).toBe('yes');
  expect(run.verdict).toBe('failed');
  expect(JSON.stringify(run)).not.toContain(OP_SUB);
});

test('it asks for PKCE, and says so where the profile has none (RFC 7636 §4.4.1)', async () => {
  const run = await play('without-pkce');
  expect(run.failure).toMatchObject({
    code: 'authorize.invalid_request',
    operatorError: { error: 'invalid_request', description: expect.stringMatching(/PKCE/) },
  });
});

test('its redirect is not believed by a profile of another issuer (RFC 9207 §2.4, C10)', async () => {
  const run = await play('other-issuer');
  expect(run.failure?.code).toBe('callback.iss_mismatch');
  expect(legOf(run, 'token').outcome).toBe('not_run');
});
