import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import { type Grant, tokenLifeSeconds } from './grants.ts';
import type { OperatorState } from './operator-state.ts';
import { pcrOf } from './subscribers.ts';

/** OIDC Core §2 and §3.1.3.6, with the acr and amr of a seamless Mobile Connect authentication. */
export function signIdToken(grant: Grant, accessToken: string, operator: OperatorState): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: operator.issuer,
    sub: pcrOf(grant.subscriber, grant.clientId),
    aud: [grant.clientId],
    azp: grant.clientId,
    exp: now + tokenLifeSeconds,
    iat: now,
    auth_time: grant.authTime,
    nonce: grant.request.nonce,
    at_hash: atHash(accessToken),
    acr: '2',
    amr: ['SEAM_OK'],
    ...grant.scenario.idTokenClaims,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: operator.keys.kid })
    .sign(operator.keys.privateKey);
}

/** OIDC Core §3.1.3.6: left half of the SHA-256 of the access token, base64url. */
export function atHash(accessToken: string): string {
  return createHash('sha256').update(accessToken, 'ascii').digest().subarray(0, 16).toString('base64url');
}
