import type { Profile } from '#protocol/profile.ts';

import { codeChallenge, type DerivedValues } from './derived-values.ts';

/** The URL the browser is to walk: RFC 6749 §4.1.1 with the parameters of Mobile Connect DI R2.3. */
export function buildAuthorizeUrl(profile: Profile, values: DerivedValues, scenario: string | null): string {
  const url = new URL(profile.authorizeUrl);
  const parameters: Record<string, string | null> = {
    client_id: profile.clientId,
    redirect_uri: profile.redirectUri,
    response_type: 'code',
    scope: profile.scope,
    version: profile.version,
    acr_values: profile.acrValues,
    state: values.state,
    nonce: values.nonce,
    correlation_id: values.correlationId,
    code_challenge: profile.pkce ? codeChallenge(values.codeVerifier) : null,
    code_challenge_method: profile.pkce ? 'S256' : null,
    scenario,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null) url.searchParams.set(name, value);
  }
  return url.href;
}
