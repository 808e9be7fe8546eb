import { DEFAULT_LIMITS, type HostRule, type Profile } from '#protocol/profile.ts';
import { isLoopback } from '#protocol/redirect-uri.ts';

import type { Environment } from './config.ts';
import { refuseDefaultCredential } from './default-credentials.ts';
import { type EndpointRules, readEndpoint } from './endpoint-address.ts';
import type { ServerProfile } from './legs/provider.ts';
import { StartError } from './start-error.ts';

/** Paths below the API base, as Vodafone's Number Verify has them. */
const AUTHORIZE = '/deviceinitiated/v1/authorize';
const TOKEN = '/deviceinitiated/v1/token';
const PREMIUMINFO = '/premiuminfo/v1';

/** The one profile that the tutorial's environment variables describe, or null where none of them is set. */
export function readOperatorProfile(env: Environment): ServerProfile | null {
  const clientId = env.NV_CLIENT_ID || env.NEXT_PUBLIC_NV_CLIENT_ID;
  const apiHost = env.API_HOST || env.NEXT_PUBLIC_API_HOST;
  const clientSecret = env.NV_CLIENT_SECRET;
  if (!clientId && !apiHost && !clientSecret && !env.NV_REDIRECT_URI) return null;

  if (!clientId) {
    throw missing(
      'config.client_id_missing',
      'NV_CLIENT_ID (or NEXT_PUBLIC_NV_CLIENT_ID)',
      'the client id of your app on the operator’s developer portal',
    );
  }
  if (!clientSecret) {
    throw missing(
      'config.client_secret_missing',
      'NV_CLIENT_SECRET',
      'the client secret shown beside the client id',
    );
  }
  refuseDefaultCredential(env, 'NV_CLIENT_SECRET', clientSecret);
  if (!apiHost) {
    throw missing(
      'config.api_host_missing',
      'API_HOST (or NEXT_PUBLIC_API_HOST)',
      'the base URL of the API, for example https://eu2.api.vodafone.com/mobileconnect',
    );
  }
  if (!env.NV_REDIRECT_URI) {
    throw missing(
      'config.redirect_uri_missing',
      'NV_REDIRECT_URI',
      'the redirect URI registered for your app: the developer portal shows it in the app’s settings. The extension stops before it, so it need not be reachable; only hand-off to phones needs it to be NV_PUBLIC_URL + /callback',
    );
  }
  if (env.NV_COUNTRY && !/^[A-Z]{2}$/.test(env.NV_COUNTRY)) {
    throw new StartError(
      'config.profile_invalid',
      `NV_COUNTRY is "${env.NV_COUNTRY}". Give the market as two capital letters, for example GB, or leave it out.`,
    );
  }
  if ((env.NV_PROFILE_NAME ?? '').length > 80) {
    throw new StartError(
      'config.profile_invalid',
      'NV_PROFILE_NAME is longer than 80 characters. Shorten it, or leave it out.',
    );
  }
  if (env.NV_HASH_DOCTOR && !['on', 'off'].includes(env.NV_HASH_DOCTOR)) {
    throw new StartError(
      'config.profile_invalid',
      `NV_HASH_DOCTOR is "${env.NV_HASH_DOCTOR}". Give on or off, or leave it out.`,
    );
  }
  if (env.NV_PRIVATE_ADDRESSES && !['on', 'off'].includes(env.NV_PRIVATE_ADDRESSES)) {
    throw new StartError(
      'config.profile_invalid',
      `NV_PRIVATE_ADDRESSES is "${env.NV_PRIVATE_ADDRESSES}". Give on or off, or leave it out.`,
    );
  }
  const privateAddresses = env.NV_PRIVATE_ADDRESSES === 'on';
  const rules = { privateAddresses, remedy: 'NV_PRIVATE_ADDRESSES=on', hosts: [] };
  const endpoints = endpointsOf(apiHost, 'API_HOST', rules);
  return {
    clientSecret,
    privateAddresses,
    profile: {
      ...NUMBER_VERIFY_DEFAULTS,
      id: 'operator',
      name:
        env.NV_PROFILE_NAME || `Number Verify at ${new URL(endpoints.authorizeUrl).hostname}`.slice(0, 80),
      country: env.NV_COUNTRY || null,
      ...endpoints,
      clientId,
      hashDoctor: env.NV_HASH_DOCTOR !== 'off',
      issuer: env.NV_ISSUER || null,
      jwksUrl: env.NV_JWKS_URL ? readJwksUrl(env.NV_JWKS_URL, 'NV_JWKS_URL', rules) : null,
      redirectUri: readRedirectUri(env.NV_REDIRECT_URI, 'NV_REDIRECT_URI'),
    },
  };
}

/** What the tutorial sends. */
export const NUMBER_VERIFY_DEFAULTS = {
  product: 'mobile-connect-number-verify',
  tokenAuth: 'basic',
  tokenParams: 'body',
  pkce: false,
  scope: 'openid mc_vm_match_hash',
  acrValues: '2',
  version: 'mc_di_r2_v2.3',
  hash: 'plus',
  hashDoctor: true,
  idToken: 'required',
  limits: DEFAULT_LIMITS,
  issParameter: false,
  accepted: [],
  simulator: null,
} satisfies Partial<Profile>;

/** The three endpoints and the known hosts of an API base URL, written with or without scheme and trailing slash. */
export function endpointsOf(
  apiHost: string,
  setting: string,
  rules: EndpointRules,
): Pick<Profile, 'authorizeUrl' | 'tokenUrl' | 'resource' | 'hosts'> {
  const written = /^[a-z]+:\/\//i.test(apiHost) ? apiHost : `https://${apiHost}`;
  const url = readEndpoint(written, setting, rules);
  // A name without a dot is a path or a slip, except on this machine.
  const nameless = url && !url.hostname.includes('.') && !isLoopback(url.hostname);
  if (!url || nameless || url.search !== '') {
    throw new StartError(
      'config.api_host_invalid',
      `${setting} is "${withoutLogin(apiHost)}". Give a base URL over https with its host in plain letters, for example https://eu2.api.vodafone.com/mobileconnect.`,
    );
  }
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  return {
    authorizeUrl: base + AUTHORIZE,
    tokenUrl: base + TOKEN,
    resource: { url: base + PREMIUMINFO, requestKind: 'msisdn_hash', resultField: 'device_msisdn_verified' },
    hosts: knownHosts(url.hostname),
  };
}

/** The API host itself, and for Vodafone its whole domain: the enrichment hop lies there and is plain http in some markets. */
function knownHosts(hostname: string): HostRule[] {
  const api: HostRule = { pattern: hostname, role: 'authorize', scheme: 'https' };
  const vodafone: HostRule = { pattern: '*.vodafone.com', role: 'gateway', scheme: 'either' };
  return hostname.endsWith('.vodafone.com') ? [api, vodafone] : [api];
}

/** Schemes that lead to no app and no server. */
const NO_CALLBACK = new Set(['javascript:', 'data:', 'file:', 'blob:', 'about:']);

export function readRedirectUri(value: string, setting: string): string {
  const url = URL.parse(value);
  // RFC 6749 §3.1.2: absolute, no fragment. Plain http would show the code to the network, except on this machine.
  const usable =
    url && url.hash === '' && url.username === '' && (url.protocol !== 'http:' || isLoopback(url.hostname));
  if (usable && !NO_CALLBACK.has(url.protocol)) return value;
  throw new StartError(
    'config.redirect_uri_invalid',
    `${setting} is "${value}". Give the registered redirect URI exactly as the developer portal shows it: absolute, https (or http on loopback), without a fragment.`,
  );
}

export function readJwksUrl(value: string, setting: string, rules: EndpointRules): string {
  if (readEndpoint(value, setting, rules)) return value;
  throw new StartError(
    'config.jwks_url_invalid',
    `${setting} is "${withoutLogin(value)}". Give the https URL of the operator’s JWKS, or leave it out: the signature is then shown as not checked.`,
  );
}

/** As a sentence may show it: a login in an address may be a password. */
export function withoutLogin(address: string): string {
  return address.replace(/[^/]*@/g, '…@');
}

function missing(code: StartError['code'], name: string, what: string): StartError {
  return new StartError(code, `${name} is not set. It is ${what}. Put it into .env.`);
}
