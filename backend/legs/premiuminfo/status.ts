import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { OperatorError } from '#protocol/operator-error.ts';
import { failureOfError } from '#protocol/published-errors.ts';

/** The failure that a status and an operator's words stand for; null for 200 without words. */
export function codeOfStatus(status: number, error: OperatorError | null): FailureCode | null {
  if (status >= 300 && status < 400) return 'premiuminfo.redirect_refused';
  if (status === 429) return 'premiuminfo.rate_limited';
  if (status >= 500) return 'premiuminfo.unavailable';
  const named = error ? failureOfError('premiuminfo', error.error) : null;
  // RFC 6750 §3.1: what 401 and 403 mean does not depend on the words that come with them.
  if (named === null || named === 'premiuminfo.operator_error') {
    if (status === 401) return 'premiuminfo.invalid_token';
    if (status === 403) return 'premiuminfo.insufficient_scope';
  }
  if (named || status >= 400) return named ?? 'premiuminfo.operator_error';
  return status === 200 ? null : 'premiuminfo.not_conformant';
}

export function codeOfBody(kind: 'other' | 'not_json', contentType: string): FailureCode {
  if (kind === 'other') return 'premiuminfo.not_conformant';
  return /\bhtml\b/i.test(contentType) ? 'premiuminfo.html_page' : 'premiuminfo.not_json';
}
