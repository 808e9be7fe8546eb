import type { FailureCode } from '#protocol/failure-catalogue.ts';
import { type OperatorError, shownError } from '#protocol/operator-error.ts';
import type { Profile } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import { failureOfError } from '#protocol/published-errors.ts';
import type { DerivedValues } from '../derived-values.ts';
import { accepting, firstFailure, type Judged } from '../judged.ts';
import { codeNotBelieved, judgeCode } from './code.ts';
import { judgeCorrelationId } from './correlation-id.ts';
import { judgeIssParam } from './iss-param.ts';
import { judgeParameters } from './parameters.ts';
import { judgeRedirectUri } from './redirect-uri.ts';
import { judgeState } from './state.ts';

/** What leg 1 gave: a code to redeem, or why there is none. */
export interface CallbackJudgement {
  judged: Judged[];
  code: string | null;
  failure: { code: FailureCode; check: string | null } | null;
  operatorError: OperatorError | null;
}

/** Judges the redirect to redirect_uri. Pure. state is judged before anything the response says is believed. */
export function judgeCallback(
  callbackUrl: string,
  profile: Profile,
  values: DerivedValues,
  pseudonyms: Pseudonyms,
): CallbackJudgement {
  const url = URL.parse(callbackUrl);
  const parameters = url?.searchParams ?? new URLSearchParams();
  const judged = accepting(
    [
      judgeRedirectUri(callbackUrl, profile.redirectUri),
      judgeParameters(parameters),
      judgeState(parameters, values.state, pseudonyms),
      judgeIssParam(parameters, profile),
      judgeCorrelationId(parameters, values.correlationId),
    ],
    'authorize',
    profile.accepted,
  );
  const broken = firstFailure(judged);
  if (broken) {
    return { judged: [...judged, codeNotBelieved()], code: null, failure: broken, operatorError: null };
  }

  const codeJudged = judgeCode(parameters, new URLSearchParams(url?.hash.slice(1)));
  if (codeJudged) judged.push(codeJudged);
  const operatorError = readError(parameters, pseudonyms);
  const failure = codeJudged ? firstFailure([codeJudged]) : refusalOf(operatorError);
  return { judged, code: failure ? null : parameters.get('code'), failure, operatorError };
}

function refusalOf(operatorError: OperatorError | null): CallbackJudgement['failure'] {
  return operatorError && { code: failureOfError('authorize', operatorError.error), check: null };
}

/** RFC 6749 §4.1.2.1, in the operator's words: text, capped, masked. */
function readError(parameters: URLSearchParams, pseudonyms: Pseudonyms): OperatorError | null {
  const error = parameters.get('error');
  const description = parameters.get('error_description');
  return error === null ? null : shownError(error, description, pseudonyms);
}
