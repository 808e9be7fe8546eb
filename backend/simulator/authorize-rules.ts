import type { Refusal } from './scenario.ts';

/** The client_name this operator has on file; one that is sent must be the same. */
const registeredClientName = 'Number Verify Inspector';

const products = ['mc_vm_match', 'mc_vm_match_hash'];
/** Mobile Connect products this operator has, but did not sell to this client. */
const notProvisioned = ['mc_authn', 'mc_authz', 'mc_identity_phonenumber', 'mc_vm_share', 'mc_vm_share_hash'];

interface Rule {
  error: string;
  text: string;
  broken: (value: (name: string) => string | undefined) => boolean;
}

const invalid = (text: string, broken: Rule['broken']): Rule => ({ error: 'invalid_request', text, broken });
const oneOf = (value: string | undefined, allowed: string[]) =>
  value === undefined || allowed.includes(value);
const scopes = (scope: string | undefined) => (scope ?? '').split(' ');

/** In this order, the first broken rule answers. Texts as published for GSMA Mobile Connect DI R2.3. */
const rules: Rule[] = [
  invalid(
    'MANDATORY parameter response_type is missing or value is invalid',
    (value) => value('response_type') !== 'code',
  ),
  invalid('MANDATORY parameter scope is missing', (value) => !value('scope')),
  {
    error: 'unauthorized_client',
    text: 'The client is not allowed to make MC service requests',
    broken: (value) => scopes(value('scope')).some((scope) => notProvisioned.includes(scope)),
  },
  {
    error: 'invalid_scope',
    text: 'The scope value is invalid',
    broken: (value) => {
      const asked = scopes(value('scope'));
      const known = asked.every((scope) => scope === 'openid' || products.includes(scope));
      return !known || !asked.includes('openid') || asked.length < 2;
    },
  },
  invalid(
    'MANDATORY parameter version is missing / invalid.',
    (value) => !['mc_v2.0', 'mc_di_r2_v2.3'].includes(value('version') ?? ''),
  ),
  invalid('RECOMMENDED parameter state is invalid', (value) => !printable(value('state'))),
  invalid('MANDATORY parameter nonce is missing (or) invalid.', (value) => !printable(value('nonce'))),
  invalid('MANDATORY parameter acr_values are missing or invalid values.', (value) =>
    scopes(value('acr_values')).some((acr) => !/^[1-4]$/.test(acr)),
  ),
  invalid(
    'Malformed request, duplicate parameter entries',
    (value) => value('login_hint') !== undefined && value('login_hint_token') !== undefined,
  ),
  invalid('Invalid value for login_hint or login_hint_token', (value) => {
    const hint = value('login_hint');
    return (
      (hint !== undefined && !/^(MSISDN:\d{5,15}|(ENCR_MSISDN|PCR):.+)$/.test(hint)) ||
      value('login_hint_token') === ''
    );
  }),
  invalid(
    'Invalid display value. / not supported.',
    (value) => !oneOf(value('display'), ['page', 'pop-up', 'touch', 'wap']),
  ),
  invalid('Prompt value is invalid', (value) => !oneOf(value('prompt'), ['none', 'no_seam'])),
  invalid('claims value is invalid,', (value) => !isJsonObject(value('claims'))),
  invalid('Invalid max_age value', (value) => !/^\d{1,9}$/.test(value('max_age') ?? '0')),
  invalid('Invalid correlation_id value.', (value) => !printable(value('correlation_id') ?? 'none')),
  invalid('Invalid client_name value', (value) => !oneOf(value('client_name'), [registeredClientName])),
  invalid(
    'response_mode contains same as response_type (or) invalid',
    (value) => !oneOf(value('response_mode'), ['query']),
  ),
  // RFC 7636 §4.4.1; without a method the challenge would count as plain (§4.3).
  invalid(
    'transform algorithm not supported',
    (value) =>
      (value('code_challenge') ?? value('code_challenge_method')) !== undefined &&
      value('code_challenge_method') !== 'S256',
  ),
  invalid(
    'code challenge required',
    (value) =>
      value('code_challenge_method') !== undefined &&
      !/^[A-Za-z0-9_-]{43}$/.test(value('code_challenge') ?? ''),
  ),
  // OIDC Core §6: request objects are optional for an operator, and this one has none.
  {
    error: 'request_not_supported',
    text: 'request is not supported',
    broken: (value) => value('request') !== undefined,
  },
  {
    error: 'request_uri_not_supported',
    text: 'request_uri is not supported',
    broken: (value) => value('request_uri') !== undefined,
  },
];

/** What is wrong with an authorize request whose client and redirect_uri are known to be good. */
export function judgeAuthorizeRequest(query: URLSearchParams, rawQuery: string): Refusal | null {
  if (/%(?![0-9a-f]{2})/i.test(rawQuery)) {
    return { error: 'invalid_request', error_description: 'GET request invalid serialization' };
  }
  // RFC 6749 §3.1: a parameter must not be included more than once.
  if (new Set(query.keys()).size !== query.size) {
    return {
      error: 'invalid_request',
      error_description: 'Multiple parameter names in the authorization request. Malformed request',
    };
  }
  const broken = rules.find((rule) => rule.broken((name) => query.get(name) ?? undefined));
  return broken ? { error: broken.error, error_description: broken.text } : null;
}

function printable(value: string | undefined): boolean {
  return /^[\x20-\x7e]{1,255}$/.test(value ?? '');
}

function isJsonObject(text: string | undefined): boolean {
  if (text === undefined) return true;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
