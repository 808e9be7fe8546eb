import { timingSafeEqual } from 'node:crypto';
import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { Profile } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import { failureOfError } from '#protocol/published-errors.ts';
import { redactText } from '#protocol/redact.ts';
import { matchesRedirectUri } from '#protocol/redirect-uri.ts';

import type { DerivedValues } from './derived-values.ts';
import {
  accepting,
  failed,
  firstFailure,
  type Judged,
  notChecked,
  passed,
  type Rule,
  warned,
} from './judged.ts';

/** What leg 1 gave: a code to redeem, or why there is none. */
export interface CallbackJudgement {
  judged: Judged[];
  code: string | null;
  failure: { code: FailureCode; check: string | null } | null;
  operatorError: { error: string; description: string | null } | null;
}

const REDIRECT_URI: Rule = { name: 'redirect_uri', severity: 'fail', clause: 'RFC 9700 §4.1.3' };
const PARAMETERS: Rule = { name: 'parameters', severity: 'fail', clause: 'RFC 6749 §3.1' };
const STATE: Rule = { name: 'state', severity: 'fail', clause: 'RFC 6749 §10.12' };
const ISS_PARAM: Rule = { name: 'iss_param', severity: 'fail', clause: 'RFC 9207 §2.4' };
const CORRELATION: Rule = { name: 'correlation_id', severity: 'warn', clause: 'Mobile Connect DI R2.3' };
const CODE: Rule = { name: 'code', severity: 'fail', clause: 'RFC 6749 §4.1.2' };

/** Authorization codes longer than this are none (real samples: a UUID, 43 characters of base64url). */
const LONGEST_CODE = 2048;
/** Characters of any other parameter: far above what an error_description says. */
const LONGEST_VALUE = 16_384;

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
      judgeCorrelation(parameters, values.correlationId),
    ],
    profile.accepted,
  );
  const broken = firstFailure(judged);
  if (broken) return { judged, code: null, failure: broken, operatorError: null };

  const error = parameters.get('error');
  const code = parameters.get('code');
  const codeJudged = judgeCode(code, error, new URLSearchParams(url?.hash.slice(1)).has('code'));
  if (codeJudged) judged.push(codeJudged);
  const operatorError =
    error === null
      ? null
      : {
          error: redactText(error.slice(0, 128), pseudonyms),
          description: shown(parameters.get('error_description'), pseudonyms),
        };
  if (codeJudged?.code) {
    return { judged, code: null, failure: { code: codeJudged.code, check: CODE.name }, operatorError };
  }
  if (operatorError) {
    return {
      judged,
      code: null,
      failure: { code: failureOfError('authorize', operatorError.error), check: null },
      operatorError,
    };
  }
  return { judged, code, failure: null, operatorError: null };
}

function judgeRedirectUri(callbackUrl: string, redirectUri: string): Judged {
  return matchesRedirectUri(callbackUrl, redirectUri)
    ? passed(REDIRECT_URI)
    : failed(REDIRECT_URI, 'callback.wrong_redirect_uri', redirectUri, withoutQuery(callbackUrl));
}

function judgeParameters(parameters: URLSearchParams): Judged {
  const twice = [...new Set(parameters.keys())].filter((name) => parameters.getAll(name).length > 1);
  if (twice.length > 0) {
    return failed(
      PARAMETERS,
      'callback.duplicate_param',
      'each parameter once',
      twice.slice(0, 8).join(', '),
    );
  }
  // RFC: JARM answers with one signed `response`; nothing here could judge it.
  if (parameters.has('response')) {
    return failed(PARAMETERS, 'callback.response_not_supported', 'code or error', 'response (JARM)');
  }
  const long = [...parameters].filter(([name, value]) => name !== 'code' && value.length > LONGEST_VALUE);
  if (long.length > 0) {
    const names = long.map(([name]) => name.slice(0, 64)).join(', ');
    return failed(PARAMETERS, 'callback.param_too_long', `at most ${LONGEST_VALUE} characters`, names);
  }
  return passed(PARAMETERS);
}

function judgeState(parameters: URLSearchParams, issued: string, pseudonyms: Pseudonyms): Judged {
  const state = parameters.get('state');
  const expected = pseudonyms.of('state', issued);
  if (!state) return failed(STATE, 'callback.state_missing', expected, 'absent');
  if (!equalInConstantTime(state, issued)) {
    return failed(STATE, 'callback.state_mismatch', expected, pseudonyms.of('state', state));
  }
  return passed(STATE, expected);
}

function judgeIssParam(parameters: URLSearchParams, { issuer, issParameter }: Profile): Judged {
  const iss = parameters.get('iss');
  if (iss === null && issParameter) {
    return failed(ISS_PARAM, 'callback.iss_missing', issuer ?? 'an issuer', 'absent');
  }
  if (iss === null) return notChecked(ISS_PARAM, 'not_sent');
  if (issuer === null) return notChecked(ISS_PARAM, 'no_issuer_configured');
  return iss === issuer
    ? passed(ISS_PARAM, iss)
    : failed(ISS_PARAM, 'callback.iss_mismatch', issuer, iss.slice(0, 256));
}

function judgeCorrelation(parameters: URLSearchParams, sent: string): Judged {
  const echoed = parameters.get('correlation_id');
  return echoed === sent
    ? passed(CORRELATION, echoed)
    : warned(CORRELATION, sent, echoed?.slice(0, 128) ?? 'absent');
}

function judgeCode(code: string | null, error: string | null, inFragment: boolean): Judged | null {
  if (code !== null && error !== null)
    return failed(CODE, 'callback.code_and_error', 'code or error', 'both');
  if (error !== null) return null;
  if (code === null && inFragment) {
    return failed(CODE, 'callback.code_in_fragment', 'a code in the query', 'a code in the fragment');
  }
  if (code === null) return failed(CODE, 'callback.missing_code', 'code or error', 'neither');
  // RFC 6749 Appendix A.11: visible ASCII.
  if (!/^[\x20-\x7e]+$/.test(code) || code.length > LONGEST_CODE) {
    return failed(
      CODE,
      'callback.code_malformed',
      '1 to 2048 visible ASCII characters',
      `${code.length} characters`,
    );
  }
  return passed(CODE);
}

function shown(description: string | null, pseudonyms: Pseudonyms): string | null {
  return description === null ? null : redactText(description.slice(0, 512), pseudonyms);
}

function withoutQuery(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.protocol}//${parsed.host}${parsed.pathname}` : 'not a URL';
}

function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
