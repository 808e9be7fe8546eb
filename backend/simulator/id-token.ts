import { createHash } from 'node:crypto';
import { type Grant, tokenLifeSeconds } from './grants.ts';
import { signerFor } from './id-token-signer.ts';
import type { OperatorState } from './operator-state.ts';
import type { HealthyClaims } from './scenario.ts';
import { pcrOf } from './subscribers.ts';

/** OIDC Core §2 and §3.1.3.6, with the acr and amr of a seamless Mobile Connect authentication. */
export async function signIdToken(
  grant: Grant,
  accessToken: string,
  operator: OperatorState,
): Promise<string> {
  const { scenario } = grant;
  const now = Math.floor(Date.now() / 1000) + (scenario.clockSeconds ?? 0);
  const healthy: HealthyClaims = {
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
  };
  const { claims, header, signWith = 'own', form } = scenario.idToken ?? {};
  const signer = await signerFor(signWith, operator.keys, operator.client.secret);
  const signed = [
    encode({ ...signer.header, ...header }),
    encode({ ...healthy, ...scenario.idTokenClaims, ...claims?.(healthy) }),
  ].join('.');
  const jws = `${signed}.${signer.sign(Buffer.from(signed)).toString('base64url')}`;
  return form ? form(jws) : jws;
}

/** OIDC Core §3.1.3.6: left half of the SHA-256 of the access token, base64url. */
export function atHash(accessToken: string): string {
  return createHash('sha256').update(accessToken, 'ascii').digest().subarray(0, 16).toString('base64url');
}

function encode(part: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
