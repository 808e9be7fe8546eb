import { DEFAULT_LIMITS, type Profile } from '../profile.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import { redactText, redactUrl } from '../redact.ts';

/** What a recording tells of the product it belongs to: what its first request asks for. Nothing can be run with it. */
export function foreignProfile(url: string, pseudonyms: Pseudonyms): Profile {
  const { origin, host, pathname, searchParams } = new URL(url);
  const parameter = (name: string) => redactText(searchParams.get(name) ?? '', pseudonyms);
  return {
    id: 'imported-har',
    name: redactText(`HAR ${host}`, pseudonyms).slice(0, 80),
    product: 'mobile-connect-number-verify',
    country: null,
    authorizeUrl: redactUrl(`${origin}${pathname}`, pseudonyms),
    tokenUrl: '',
    resource: { url: '', requestKind: 'msisdn_hash', resultField: '' },
    clientId: parameter('client_id') || '-',
    tokenAuth: 'basic',
    tokenParams: 'body',
    pkce: searchParams.has('code_challenge'),
    scope: parameter('scope'),
    acrValues: parameter('acr_values') || null,
    version: parameter('version') || null,
    hash: 'plus',
    hashDoctor: false,
    idToken: 'optional',
    issuer: null,
    issParameter: false,
    jwksUrl: null,
    redirectUri: redactUrl(searchParams.get('redirect_uri') ?? '', pseudonyms),
    hosts: [],
    limits: DEFAULT_LIMITS,
    accepted: [],
    simulator: null,
  };
}
