import { ClientSecretBasic, ClientSecretPost } from 'oauth4webapi';

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
  const authenticate = profile.tokenAuth === 'post' ? ClientSecretPost : ClientSecretBasic;
  authenticate(clientSecret)(
    { issuer: profile.issuer ?? profile.tokenUrl },
    { client_id: profile.clientId },
    parameters,
    headers,
  );
  // Some gateways read the parameters from the query only; RFC 6749 wants the body, so this is a profile's choice.
  if (profile.tokenParams === 'query') {
    const url = new URL(profile.tokenUrl);
    for (const [name, value] of parameters) url.searchParams.set(name, value);
    return { method: 'POST', url: url.href, headers: Object.fromEntries(headers), body: null };
  }
  headers.set('content-type', 'application/x-www-form-urlencoded');
  return {
    method: 'POST',
    url: profile.tokenUrl,
    headers: Object.fromEntries(headers),
    body: `${parameters}`,
  };
}
