import * as z from 'zod/mini';

import { LegName } from './leg.ts';

/** What was seen, as `area.reason`. A closed list: `docs/failures.md` documents exactly these. */
export const FailureCode = z.enum([
  'authorize.no_host_permission',
  'authorize.dns',
  'authorize.tls',
  'authorize.connect',
  'authorize.reset',
  'authorize.timeout_hop',
  'authorize.timeout_chain',
  'authorize.network_error',
  'authorize.network_changed',
  'authorize.offline',
  'authorize.blocked_by_client',
  'authorize.bad_location',
  'authorize.missing_location',
  'authorize.multiple_location',
  'authorize.scheme_forbidden',
  'authorize.credentials_in_url',
  'authorize.code_over_http',
  'authorize.loop',
  'authorize.too_many_hops',
  'authorize.html_page',
  'authorize.unexpected_status',
  'authorize.rate_limited',
  'authorize.operator_error',
  'authorize.interaction_required',
  'callback.wrong_redirect_uri',
  'callback.duplicate_param',
  'callback.state_missing',
  'callback.state_mismatch',
  'callback.iss_mismatch',
  'callback.code_and_error',
  'callback.missing_code',
  'callback.code_malformed',
  'callback.response_not_supported',
  'token.dns',
  'token.tls',
  'token.connect',
  'token.reset',
  'token.timeout',
  'token.too_large',
  'token.redirect_refused',
  'token.not_json',
  'token.not_conformant',
  'token.invalid_grant',
  'token.invalid_client',
  'token.operator_error',
  'token.rate_limited',
  'token.unavailable',
  'token.missing_access_token',
  'token.bad_token_type',
  'token.code_already_used',
  'idtoken.missing',
  'idtoken.malformed',
  'idtoken.alg_not_allowed',
  'idtoken.key_not_found',
  'idtoken.signature_invalid',
  'idtoken.iss_mismatch',
  'idtoken.aud_mismatch',
  'idtoken.azp_mismatch',
  'idtoken.expired',
  'idtoken.not_yet_valid',
  'idtoken.iat_missing',
  'idtoken.iat_too_old',
  'idtoken.sub_missing',
  'idtoken.nonce_missing',
  'idtoken.nonce_mismatch',
  'idtoken.at_hash_mismatch',
  'idtoken.claim_type',
  'premiuminfo.dns',
  'premiuminfo.tls',
  'premiuminfo.connect',
  'premiuminfo.reset',
  'premiuminfo.timeout',
  'premiuminfo.too_large',
  'premiuminfo.redirect_refused',
  'premiuminfo.not_json',
  'premiuminfo.not_conformant',
  'premiuminfo.invalid_token',
  'premiuminfo.insufficient_scope',
  'premiuminfo.operator_error',
  'premiuminfo.rate_limited',
  'premiuminfo.unavailable',
  'premiuminfo.missing_result',
  'premiuminfo.result_not_boolean',
  'premiuminfo.sub_mismatch',
]);
export type FailureCode = z.infer<typeof FailureCode>;

export const Failure = z.object({
  code: FailureCode,
  leg: z.nullable(LegName),
  /** The network hop it was seen at, by its number; null where it was not seen at a hop. */
  hop: z.nullable(z.int()),
  /** The check that failed, by its name within the leg. */
  check: z.nullable(z.string()),
  /** The operator's own words, capped and shown as text only. */
  operatorError: z.nullable(z.object({ error: z.string(), description: z.nullable(z.string()) })),
  /** Whether the authorization code is used up. */
  codeSpent: z.enum(['no', 'yes', 'unknown']),
  retry: z.enum(['safe', 'new_run', 'after', 'never']),
});
export type Failure = z.infer<typeof Failure>;

/** The leg a failure code belongs to: `callback.*` is leg 1, `idtoken.*` is leg 2. */
export function legOfFailure(code: FailureCode): LegName {
  const area = code.slice(0, code.indexOf('.'));
  if (area === 'callback') return 'authorize';
  if (area === 'idtoken') return 'token';
  return LegName.parse(area);
}

/** A failure with nothing known beyond its code; callers override what they know. */
export function failureOf(code: FailureCode, known: Partial<Failure> = {}): Failure {
  return {
    code,
    leg: legOfFailure(code),
    hop: null,
    check: null,
    operatorError: null,
    codeSpent: 'no',
    retry: 'new_run',
    ...known,
  };
}
