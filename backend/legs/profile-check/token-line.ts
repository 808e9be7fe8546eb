import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { Profile } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';

import type { UpstreamAnswer } from '../../upstream/send.ts';
import { firstFailure } from '../judged.ts';
import { judgeTokenAnswer } from '../token/judge-token-answer.ts';
import { bad, blameFor, good, inWords, nothingThere, type Outcome, unanswered } from './line.ts';

/** Refusals that an operator may also use for a code that is none, so that they prove nothing against the profile. */
const MAY_BE_THE_CODE: readonly FailureCode[] = [
  'token.invalid_request',
  'token.access_denied',
  'token.operator_error',
  'token.rate_limited',
];
/** What a gateway or a web server answers where no token endpoint is. */
const NO_TOKEN_ENDPOINT: readonly FailureCode[] = ['token.redirect_refused', 'token.not_json'];

/**
 * Judges the answer to a code that is none: a server authenticates the client before it looks at the code (RFC 6749
 * §4.1.3), so `invalid_grant` is the good one. Pure.
 */
export function judgeToken(
  answer: UpstreamAnswer,
  profile: Profile,
  correlationId: string,
  pseudonyms: Pseudonyms,
): Outcome {
  if (answer.kind === 'failed') {
    return unanswered(`token.${answer.fault.code}`, answer.fault, 'check_api_host');
  }
  const { status } = answer;
  if (status === 404) return bad('failed', '404', 'token.operator_error', nothingThere(profile.tokenUrl));
  const { judged, operatorError } = judgeTokenAnswer(answer, profile, correlationId, pseudonyms);
  const code = firstFailure(judged)?.code;
  if (!code) {
    const blame = { owner: 'operator', cure: 'report_check' } as const;
    return bad('warned', `${status}, tokens for a code that is none`, 'token.not_conformant', blame);
  }
  const seen = operatorError ? inWords(status, operatorError) : String(status);
  if (code === 'token.invalid_grant') return good(seen);
  if (code === 'token.unavailable') {
    return bad('failed', seen, code, { owner: 'operator', cure: 'wait_and_retry' });
  }
  if (NO_TOKEN_ENDPOINT.includes(code)) {
    return bad('failed', seen, code, { owner: 'client_setup', cure: 'check_api_host' });
  }
  const { owner, cure } = blameFor(profile, code, { operatorError });
  return bad(MAY_BE_THE_CODE.includes(code) ? 'warned' : 'failed', seen, code, { owner, cure });
}
