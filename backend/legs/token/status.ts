import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { OperatorError } from '#protocol/operator-error.ts';
import { failureOfError } from '#protocol/published-errors.ts';

/** What a server says of a request by status alone (RFC 9110 §15.5); another one, without a word, says nothing. */
const REFUSALS = new Set([400, 401, 403, 404, 405, 406, 408, 410, 413, 414, 415, 421, 422]);

/** The failure that a status and an operator's words stand for; null for 200 without words. */
export function codeOfStatus(status: number, error: OperatorError | null): FailureCode | null {
  if (status >= 300 && status < 400) return 'token.redirect_refused';
  if (status === 429) return 'token.rate_limited';
  if (status >= 500) return 'token.unavailable';
  const named = error ? failureOfError('token', error.error) : null;
  // RFC 6749 §5.2: 401 is for a client that is not authenticated, whatever words come with it.
  if (status === 401 && (named === null || named === 'token.operator_error')) return 'token.invalid_client';
  if (named) return named;
  if (REFUSALS.has(status)) return 'token.operator_error';
  return status === 200 ? null : 'token.not_conformant';
}

export function codeOfBody(kind: 'other' | 'not_json'): FailureCode {
  return kind === 'other' ? 'token.not_conformant' : 'token.not_json';
}
