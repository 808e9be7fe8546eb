/** Every id_token that the simulated operator can send, before the certified library and before ours. */
import * as oauth from 'oauth4webapi';
import { describe, expect, test } from 'vitest';

import { createPseudonyms } from '#protocol/pseudonyms.ts';

import { judgeIdToken } from '../../../backend/legs/id-token/judge-id-token.ts';
import { firstFailure } from '../../../backend/legs/judged.ts';
import { idTokenClaims } from '../../../backend/simulator/faults/id-token-claims.ts';
import { idTokenForms } from '../../../backend/simulator/faults/id-token-forms.ts';
import { idTokenSignatures } from '../../../backend/simulator/faults/id-token-signatures.ts';
import { signerFor } from '../../../backend/simulator/id-token-signer.ts';
import type { FaultScenario, HealthyClaims } from '../../../backend/simulator/scenario.ts';
import { makeSigningKeys } from '../../../backend/simulator/signing-keys.ts';
import { profileAt } from '../../support/fixtures.ts';
import { NONCE } from '../../support/id-token-judge.ts';
import { ACCESS_TOKEN, claimsFor } from '../../support/leg-bench.ts';

const keys = await makeSigningKeys();
const profile = profileAt('https://api.example', { jwksUrl: null });
const server: oauth.AuthorizationServer = { issuer: 'mobileconnect/issuer' };
const client: oauth.Client = { client_id: 'client-1' };

async function tokenOf({ idToken = {} }: FaultScenario): Promise<string> {
  const healthy = claimsFor({ nonce: NONCE }, { aud: ['client-1'] }) as HealthyClaims;
  const signer = await signerFor(idToken.signWith ?? 'own', keys, 'secret');
  const parts = [
    { ...signer.header, ...idToken.header },
    { ...healthy, ...idToken.claims?.(healthy) },
  ];
  const input = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const jws = `${input}.${signer.sign(Buffer.from(input)).toString('base64url')}`;
  return idToken.form?.(jws) ?? jws;
}

/** Neither has keys: straight from the token endpoint the library relies on TLS (OIDC Core §3.1.3.7 (6)). */
async function ours(token: string): Promise<boolean> {
  const now = Date.now() / 1000;
  const pseudonyms = createPseudonyms();
  const expected = { profile, nonce: NONCE, accessToken: ACCESS_TOKEN, now, openedAt: now, pseudonyms };
  return firstFailure((await judgeIdToken(token, null, expected)).judged) === null;
}

async function theirs(id_token: string): Promise<boolean> {
  const body = { access_token: ACCESS_TOKEN, token_type: 'Bearer', id_token };
  const options = { expectedNonce: NONCE, requireIdToken: true };
  return oauth.processAuthorizationCodeResponse(server, client, Response.json(body), options).then(
    () => true,
    () => false,
  );
}

const faults = [...idTokenForms, ...idTokenSignatures, ...idTokenClaims].filter(
  ({ idToken }) => idToken !== undefined,
);

/** Refused by us alone: an inspector also holds a token against what no library needs to know. */
const STRICTER = new Set([
  // RFC 7515 §2: base64url comes without padding.
  'id-token-padded',
  'id-token-200-kb',
  // RFC 8725 §3.10: a token does not choose the key it is checked with.
  'id-token-embedded-key',
  'id-token-jku',
  'id-token-x5u',
  'id-token-azp-differs',
  'id-token-at-hash-differs',
  'id-token-at-hash-number',
  'id-token-exp-milliseconds',
  'id-token-iat-ahead',
  'id-token-iat-week-old',
]);

/** Taken by us alone. */
const LAXER = new Set([
  // A profile registers no algorithm; without keys nobody can say more of these two.
  'id-token-es256',
  'id-token-es256-flipped',
  // Two clocks may differ by a minute; the library takes less than half of one.
  'id-token-exp-within-leeway',
]);

describe('ours and the certified library are of one mind, but for what is written down here', () => {
  test.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (name, fault) => {
    const token = await tokenOf(fault);
    const library = await theirs(token);
    if (STRICTER.has(name)) expect([await ours(token), library]).toEqual([false, true]);
    else if (LAXER.has(name)) expect([await ours(token), library]).toEqual([true, false]);
    else expect(await ours(token)).toBe(library);
  });

  test('a healthy token is taken by both', async () => {
    const token = await tokenOf({ name: 'healthy', group: 'id_token', about: '' });
    expect([await ours(token), await theirs(token)]).toEqual([true, true]);
  });
});
