import type { Profile } from '#protocol/profile.ts';

/** Profiles as the backend hands them out. */
export const simulated: Profile = {
  id: 'simulated-operator',
  name: 'Simulated operator',
  product: 'mobile-connect-number-verify',
  country: 'GB',
  authorizeUrl: 'https://api.operator.test/deviceinitiated/v1/authorize',
  tokenUrl: 'https://api.operator.test/deviceinitiated/v1/token',
  resource: {
    url: 'https://api.operator.test/premiuminfo/v1',
    requestKind: 'msisdn_hash',
    resultField: 'device_msisdn_verified',
  },
  clientId: 'simulated-client',
  tokenAuth: 'basic',
  tokenParams: 'body',
  pkce: false,
  scope: 'openid mc_vm_match_hash',
  acrValues: '2',
  version: 'mc_v1.1',
  hash: 'plus',
  idToken: 'required',
  issuer: 'https://api.operator.test',
  jwksUrl: 'https://api.operator.test/jwks',
  redirectUri: 'https://app.relying-party.test/callback',
  hosts: [
    { pattern: 'api.operator.test', role: 'authorize', scheme: 'https' },
    { pattern: 'discovery.operator.test', role: 'discovery', scheme: 'https' },
    { pattern: 'he.operator.test', role: 'enrichment', scheme: 'http' },
    { pattern: 'id.operator.test', role: 'identity', scheme: 'https' },
  ],
  limits: { hops: 10, hopMs: 10_000, chainMs: 30_000 },
  accepted: [],
  hashDoctor: true,
  issParameter: false,
  simulator: {
    scenarios: [
      // Not in the order in which they are shown, and the first is not the one to begin with.
      { name: 'bad-nonce', about: 'What bad-nonce plays.', group: 'id_token', number: '+447700900931' },
      { name: 'token-hang', about: 'What token-hang plays.', group: 'token', number: '+447700900932' },
      { name: 'match', about: 'What match plays.', group: 'story', number: '+447700900907' },
      { name: 'no-match', about: 'What no-match plays.', group: 'story', number: '+447700900912' },
      {
        name: 'wifi-off-network',
        about: 'What wifi-off-network plays.',
        group: 'story',
        number: '+447700900921',
      },
      {
        name: 'hsts-on-enrichment',
        about: 'What hsts-on-enrichment plays.',
        group: 'story',
        number: '+447700900922',
      },
    ],
  },
};

export const liveUk: Profile = { ...simulated, id: 'vodafone-uk', name: 'Vodafone UK', simulator: null };
export const liveDe: Profile = {
  ...liveUk,
  id: 'vodafone-de',
  name: 'Vodafone Germany',
  country: 'DE',
};
