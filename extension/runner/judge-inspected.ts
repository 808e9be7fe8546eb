import { type Failure, failureOf } from '#protocol/failure.ts';
import { shownError } from '#protocol/operator-error.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import { failureOfError } from '#protocol/published-errors.ts';

/** What can be said of an answer without a backend: whose it is, and whether it is one. Null for a code with our state. */
export function judgeInspected(
  callbackUrl: string,
  state: string | null,
  pseudonyms: Pseudonyms,
): Failure | null {
  const { searchParams } = new URL(callbackUrl);
  const names = ['code', 'error', 'state'];
  if (names.some((name) => searchParams.getAll(name).length > 1))
    return failureOf('callback.duplicate_param');
  const error = searchParams.get('error');
  const code = searchParams.get('code');
  const answered = searchParams.get('state');
  if (state !== null && answered === null) return failureOf('callback.state_missing');
  if (state !== null && answered !== state) return failureOf('callback.state_mismatch');
  if (error !== null && code !== null) return failureOf('callback.code_and_error');
  if (error !== null) {
    const operatorError = shownError(error, searchParams.get('error_description'), pseudonyms);
    return failureOf(failureOfError('authorize', error), { operatorError });
  }
  return code ? null : failureOf('callback.missing_code');
}
