/** The 14 modules of the plan "Basic RP": response_type code, client_secret_basic. */
import { afterAll, beforeAll, expect, test } from 'vitest';

import { legOf } from '#protocol/run-reading.ts';

import { buildTokenRequest } from '../../../backend/legs/token/token-request.ts';
import { simulatedProfile } from '../../../backend/simulated-profile.ts';
import { type Bench, createRequest, OPERATOR_CLIENT, startBench } from '../../support/bench.ts';
import { expectOutcome, freshly, modules, OIDC } from '../../support/conformance.ts';
import { playCounted, warnedOf } from '../../support/evil-rows.ts';
import { createRun } from '../../support/node-walker.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

modules(
  () => bench,
  [
    [`${OIDC}`, 'match', 'accepted'],
    [`${OIDC}-invalid-iss`, 'id-token-iss-differs', 'idtoken.iss_mismatch'],
    [`${OIDC}-missing-sub`, 'id-token-sub-missing', 'idtoken.sub_missing'],
    [`${OIDC}-invalid-aud`, 'id-token-aud-differs', 'idtoken.aud_mismatch'],
    [`${OIDC}-missing-iat`, 'id-token-iat-missing', 'idtoken.iat_missing'],
    [`${OIDC}-kid-absent-multiple-jwks`, 'id-token-kid-absent', 'accepted', '(one key of two verifies)'],
    [`${OIDC}-idtoken-sig-rs256`, 'match', 'accepted'],
    [
      `${OIDC}-idtoken-sig-none`,
      'id-token-alg-none',
      'idtoken.alg_not_allowed',
      '(the suite would let it pass)',
    ],
    [`${OIDC}-invalid-sig-rs256`, 'id-token-signed-by-another', 'idtoken.signature_invalid'],
    [`${OIDC}-userinfo-invalid-sub`, 'sub-mismatch', 'premiuminfo.sub_mismatch'],
    [`${OIDC}-nonce-invalid`, 'bad-nonce', 'idtoken.nonce_mismatch'],
  ],
);

test(`${OIDC}-idtoken-sig-rs256: the signature was checked, with the key that kid names`, async () => {
  const { run } = await playCounted(bench, 'match');
  const checks = legOf(run, 'token').checks;
  expect(checks.find(({ name }) => name === 'signature')).toMatchObject({
    result: 'passed',
    actual: expect.stringMatching(/^RS256, kid /),
  });
});

test(`${OIDC}-kid-absent-single-jwks: accepted, with the only key there is`, async () => {
  const played = await freshly('id-token-kid-absent-single-key');
  expectOutcome(played, 'accepted');
  expect(played.calls.jwks).toBe(1);
});

test(`${OIDC}-kid-absent-multiple-jwks: refused where none of the keys verifies`, async () => {
  expectOutcome(await playCounted(bench, 'id-token-kid-absent-no-key-fits'), 'idtoken.key_not_found');
});

test(`${OIDC}-userinfo-invalid-sub: the result is withheld, though it was true`, async () => {
  const { run } = await playCounted(bench, 'sub-mismatch');
  expect(run.failure?.check).toBe('sub');
  expect(run.verdict).not.toBe('match');
});

test(`${OIDC}-scope-userinfo-claims: not applicable, there are no claims to choose; the scope asked for is openid and the product, and less of it is told`, async () => {
  const { authorizeUrl } = await createRun(bench, createRequest());
  expect(new URL(authorizeUrl).searchParams.get('scope')).toBe('openid mc_vm_match_hash');
  const { run } = await playCounted(bench, 'token-scope-narrower');
  expect(warnedOf(run)).toEqual(['scope']);
});

test(`${OIDC}-client-secret-basic: the exact header, of a secret with characters that need encoding, and nothing in the body`, async () => {
  // RFC 6749 §2.3.1: each part form-urlencoded (URL Standard §5.2), joined by a colon, then base64.
  expect(OPERATOR_CLIENT).toEqual({ id: 'client-1', secret: 'canary-client-secret:+%é' });
  const vector = Buffer.from('client-1:canary-client-secret%3A%2B%25%C3%A9').toString('base64');
  const { profile } = simulatedProfile(bench.operator);
  const grant = { code: 'c', codeVerifier: null, correlationId: 'x' };
  const { headers, body } = buildTokenRequest(profile, OPERATOR_CLIENT.secret, grant);
  expect(headers.authorization).toBe(`Basic ${vector}`);
  expect(body).not.toMatch(/client_id|client_secret/);
  // And the operator, which decodes strictly, knows the client by it.
  expectOutcome(await playCounted(bench, 'match'), 'accepted');
});
