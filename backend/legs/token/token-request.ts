import { ClientSecretPost } from 'oauth4webapi';

import type { Profile } from '#protocol/profile.ts';

import type { UpstreamRequest } from '../../upstream/send.ts';

export interface Grant {
  code: string;
  codeVerifier: string | null;
  correlationId: string;
}

/** Token request, RFC 6749 §4.1.3, authenticated as the profile says (§2.3.1). Pure: `upstream/send.ts` does the talking. */
export function buildTokenRequest(profile: Profile, clientSecret: string, grant: Grant): UpstreamRequest {
  const parameters = new URLSearchParams({
    grant_type: 'authorization_code',
    code: grant.code,
    redirect_uri: profile.redirectUri,
    correlation_id: grant.correlationId,
  });
  if (grant.codeVerifier) parameters.set('code_verifier', grant.codeVerifier);
  const headers = new Headers({ accept: 'application/json' });
  const inQuery = profile.tokenParams === 'query';
  // In the body the secret is a field like any other; it is never one of the URL.
  const form = new URLSearchParams();
  if (profile.tokenAuth === 'post') {
    const issuer = profile.issuer ?? profile.tokenUrl;
    ClientSecretPost(clientSecret)({ issuer }, { client_id: profile.clientId }, form, headers);
  } else headers.set('authorization', basicCredentials(profile.clientId, clientSecret));
  const url = new URL(profile.tokenUrl);
  // Some gateways read the parameters from the query only; RFC 6749 wants the body, so this is a profile's choice.
  for (const [name, value] of parameters) (inQuery ? url.searchParams : form).set(name, value);
  const body = `${form}`;
  if (body !== '') headers.set('content-type', 'application/x-www-form-urlencoded');
  return {
    method: 'POST',
    url: inQuery ? url.href : profile.tokenUrl,
    headers: Object.fromEntries(headers),
    body: body || null,
  };
}

/**
 * RFC 6749 §2.3.1: each half form-encoded. What needs no encoding is left as it is: a UUID as client id reads the same at
 * an operator that forgets to decode.
 */
function basicCredentials(clientId: string, clientSecret: string): string {
  const [id, secret] = [clientId, clientSecret].map((half) => `${new URLSearchParams({ x: half })}`.slice(2));
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}
