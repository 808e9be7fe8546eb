/** Modules of the FAPI plans that add an input for a client of the code flow. */
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Bench, createRequest, startBench } from '../../support/bench.ts';
import { expectOutcome, modules } from '../../support/conformance.ts';
import { playCounted } from '../../support/evil-rows.ts';
import { createRun } from '../../support/node-walker.ts';

const FAPI1 = 'fapi1-advanced-final-client-test';
const FAPI2 = 'fapi2-security-profile-final-client-test';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({
    variants: (simulated) => [
      { ...simulated, profile: { ...simulated.profile, id: 'sends-iss', issParameter: true } },
    ],
  });
});
afterAll(() => bench.close());

const notTheRegistered = '(RS512 where RS256, PS256 and ES256 are allowed)';
modules(
  () => bench,
  [
    [
      `${FAPI2}-ensure-authorization-response-with-invalid-state-fails`,
      'callback-state-other',
      'callback.state_mismatch',
    ],
    [
      `${FAPI2}-ensure-authorization-response-with-invalid-missing-state-fails`,
      'callback-state-missing',
      'callback.state_missing',
    ],
    [`${FAPI2}-invalid-authorization-response-iss`, 'callback-iss-other', 'callback.iss_mismatch'],
    [`${FAPI2}-invalid-missing-nonce`, 'id-token-nonce-missing', 'idtoken.nonce_missing'],
    [`${FAPI2}-invalid-nonce`, 'bad-nonce', 'idtoken.nonce_mismatch'],
    [`${FAPI2}-invalid-missing-iss`, 'id-token-iss-missing', 'idtoken.iss_mismatch'],
    [`${FAPI2}-invalid-missing-aud`, 'id-token-aud-missing', 'idtoken.aud_mismatch'],
    [`${FAPI2}-invalid-missing-exp`, 'id-token-exp-missing', 'idtoken.expired'],
    [`${FAPI2}-invalid-expired-exp`, 'id-token-exp-past', 'idtoken.expired'],
    [`${FAPI2}-invalid-secondary-aud`, 'id-token-aud-with-stranger', 'idtoken.aud_mismatch'],
    [`${FAPI2}-valid-aud-as-array`, 'match', 'accepted'],
    [`${FAPI2}-invalid-alternate-alg`, 'id-token-alg-rs512', 'idtoken.alg_not_allowed', notTheRegistered],
    [`${FAPI2}-invalid-null-alg`, 'id-token-alg-none', 'idtoken.alg_not_allowed'],
    [`${FAPI2}-token-type-case-insensitivity`, 'token-type-mixed-case', 'accepted'],
    [`${FAPI2}-token-endpoint-response-without-expires_in`, 'token-expires-in-missing', 'accepted'],
    [
      `${FAPI1}-no-scope-in-token-endpoint-response`,
      'match',
      'accepted',
      '(the simulated operator sends none)',
    ],
    [`${FAPI1}-iat-is-week-in-past`, 'id-token-iat-week-old', 'idtoken.iat_too_old'],
    [`${FAPI1}-invalid-signature`, 'id-token-signature-flipped', 'idtoken.signature_invalid'],
    [`${FAPI1}-missing-athash`, 'id-token-at-hash-missing', 'accepted', '(optional in the code flow)'],
    [`${FAPI1}-encrypted-idtoken`, 'id-token-encrypted', 'idtoken.malformed', '(not supported)'],
    [
      `${FAPI1}-encrypted-idtoken-usingrsa15`,
      'id-token-encrypted-rsa15',
      'idtoken.malformed',
      '(not supported)',
    ],
  ],
);

/** The same inputs under the ids of the older plan. */
modules(
  () => bench,
  [
    [`${FAPI1}-invalid-iss`, 'id-token-iss-differs', 'idtoken.iss_mismatch'],
    [`${FAPI1}-invalid-missing-iss`, 'id-token-iss-missing', 'idtoken.iss_mismatch'],
    [`${FAPI1}-invalid-aud`, 'id-token-aud-differs', 'idtoken.aud_mismatch'],
    [`${FAPI1}-invalid-missing-aud`, 'id-token-aud-missing', 'idtoken.aud_mismatch'],
    [`${FAPI1}-invalid-secondary-aud`, 'id-token-aud-with-stranger', 'idtoken.aud_mismatch'],
    [`${FAPI1}-valid-aud-as-array`, 'match', 'accepted'],
    [`${FAPI1}-invalid-nonce`, 'bad-nonce', 'idtoken.nonce_mismatch'],
    [`${FAPI1}-invalid-missing-nonce`, 'id-token-nonce-missing', 'idtoken.nonce_missing'],
    [`${FAPI1}-invalid-expired-exp`, 'id-token-exp-past', 'idtoken.expired'],
    [`${FAPI1}-invalid-missing-exp`, 'id-token-exp-missing', 'idtoken.expired'],
    [`${FAPI1}-invalid-alternate-alg`, 'id-token-alg-rs512', 'idtoken.alg_not_allowed', notTheRegistered],
    [`${FAPI1}-invalid-null-alg`, 'id-token-alg-none', 'idtoken.alg_not_allowed'],
    [`${FAPI2}-invalid-iss`, 'id-token-iss-differs', 'idtoken.iss_mismatch'],
    [`${FAPI2}-invalid-aud`, 'id-token-aud-differs', 'idtoken.aud_mismatch'],
  ],
);

test(`${FAPI2}-invalid-authorization-response-iss: no other endpoint is called`, async () => {
  const { calls } = await playCounted(bench, 'callback-iss-other');
  expect(calls).toEqual({ token: 0, premiuminfo: 0, jwks: 0 });
});

test(`${FAPI2}-remove-authorization-response-iss: callback.iss_missing where the profile says that it is sent`, async () => {
  expectOutcome(await playCounted(bench, 'match', { profileId: 'sends-iss' }), 'callback.iss_missing');
  expectOutcome(await playCounted(bench, 'callback-iss', { profileId: 'sends-iss' }), 'accepted');
});

test.each([`${FAPI1}-encrypted-idtoken`, `${FAPI1}-encrypted-idtoken-usingrsa15`])(
  '%s: the check says that the token is encrypted',
  async (id) => {
    const scenario = id.endsWith('rsa15') ? 'id-token-encrypted-rsa15' : 'id-token-encrypted';
    const { run } = await playCounted(bench, scenario);
    const check = run.legs.flatMap(({ checks }) => checks).find(({ name }) => name === 'structure');
    expect(check?.actual).toBe('five parts (encrypted)');
  },
);

test.each([`${FAPI1}-invalid-shash`, `${FAPI1}-invalid-missing-shash`, `${FAPI1}-invalid-chash`])(
  '%s: not applicable, no id_token comes with the code: the response type asked for is code alone',
  async () => {
    const { authorizeUrl } = await createRun(bench, createRequest());
    expect(new URL(authorizeUrl).searchParams.getAll('response_type')).toEqual(['code']);
  },
);

test.each([
  `${FAPI2}-ensure-jarm-signature-is-not-none`,
  `${FAPI2}-ensure-jarm-with-expired-exp-fails`,
  `${FAPI2}-ensure-jarm-with-invalid-aud-fails`,
  `${FAPI2}-ensure-jarm-with-invalid-iss-fails`,
  `${FAPI2}-ensure-jarm-with-invalid-sig-fails`,
  `${FAPI2}-ensure-jarm-without-aud-fails`,
  `${FAPI2}-ensure-jarm-without-exp-fails`,
  `${FAPI2}-ensure-jarm-without-iss-fails`,
])('%s: not applicable, no signed response is asked for, and one that comes is refused by name', async () => {
  expectOutcome(await playCounted(bench, 'callback-jarm'), 'callback.response_not_supported');
});
