import type { FailureCode } from './failure-catalogue.ts';
import type { LegName } from './leg.ts';

/*
 * The `error` values that standards publish for each leg. Each is a failure code of its own; any other word is an
 * operator's own, kept as it came: the set is open (RFC 6749 §8.5), and a word like `dns` must not name our failures.
 */
const PUBLISHED: Record<LegName, readonly string[]> = {
  // RFC 6749 §4.1.2.1, OIDC Core §3.1.2.6.
  authorize: [
    'access_denied',
    'unauthorized_client',
    'invalid_request',
    'invalid_scope',
    'unsupported_response_type',
    'server_error',
    'temporarily_unavailable',
    'login_required',
    'interaction_required',
    'consent_required',
    'account_selection_required',
    'request_not_supported',
    'request_uri_not_supported',
    'registration_not_supported',
  ],
  // RFC 6749 §5.2; access_denied is Mobile Connect DI R2.3's.
  token: [
    'invalid_request',
    'invalid_client',
    'invalid_grant',
    'unauthorized_client',
    'unsupported_grant_type',
    'invalid_scope',
    'access_denied',
  ],
  // RFC 6750 §3.1; access_denied is GSMA Verified MSISDN's.
  premiuminfo: ['invalid_request', 'invalid_token', 'insufficient_scope', 'access_denied'],
};

/** The failure that an operator's `error` stands for at a leg. */
export function failureOfError(leg: LegName, error: string): FailureCode {
  return PUBLISHED[leg].includes(error) ? (`${leg}.${error}` as FailureCode) : `${leg}.operator_error`;
}
