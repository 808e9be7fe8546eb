import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { Profile } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import { failureOfError } from '#protocol/published-errors.ts';

import type { UpstreamAnswer, UpstreamRequest } from '../upstream/send.ts';
import { judgeMembers } from './duplicate-members.ts';
import { readEnvelope } from './envelope.ts';
import { accepting, failed, type Judged, notChecked, passed, type Rule, warned } from './judged.ts';
import type { OperatorError } from './operator-error.ts';
import { shownValue } from './shown-value.ts';

/** Verified MSISDN resource request: POST, Bearer, the claim that `mc_vm_match_hash` is for. Pure. */
export function buildPremiuminfoRequest(
  profile: Profile,
  accessToken: string,
  numberHash: string,
): UpstreamRequest {
  return {
    method: 'POST',
    url: profile.resource.url,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${accessToken}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ mc_claims: { device_msisdn_hash: numberHash } }),
  };
}

export interface PremiuminfoJudgement {
  judged: Judged[];
  /** Null unless every check passed: what the operator answered is not believed before. */
  verified: boolean | null;
  operatorError: OperatorError | null;
}

const HTTP: Rule = { name: 'http_status', severity: 'fail', clause: 'GSMA Verified MSISDN' };
const BODY: Rule = { name: 'content_type', severity: 'fail', clause: 'GSMA Verified MSISDN' };
const SUB: Rule = { name: 'sub', severity: 'fail', clause: 'OIDC Core 5.3.2' };
const RESULT: Rule = { name: 'result', severity: 'fail', clause: 'GSMA Verified MSISDN' };
const CORRELATION: Rule = { name: 'correlation_id', severity: 'warn', clause: 'Mobile Connect DI R2.3' };

export interface PremiuminfoExpected {
  /** sub of the id_token; null where the profile allows an answer without one. */
  sub: string | null;
  correlationId: string;
}

/** Judges an answered premiuminfo request. Pure. */
export function judgePremiuminfoAnswer(
  answer: Extract<UpstreamAnswer, { kind: 'answered' }>,
  profile: Profile,
  expected: PremiuminfoExpected,
  pseudonyms: Pseudonyms,
): PremiuminfoJudgement {
  const envelope = readEnvelope(answer, { status: HTTP, body: BODY, codeOfStatus, codeOfBody }, pseudonyms);
  const { operatorError } = envelope;
  if (envelope.kind === 'refused') return { judged: envelope.judged, verified: null, operatorError };
  const { json } = envelope;
  const result = json[profile.resource.resultField];
  const all = [
    passed(HTTP, '200'),
    judgeMembers(answer.body),
    judgeSub(json.sub, expected.sub, pseudonyms),
    judgeResult(result, profile.resource.resultField),
    judgeCorrelation(json.correlation_id, expected.correlationId),
  ];
  const judged = accepting(all, profile.accepted);
  const believed = judged.every(({ code }) => code === null);
  return { judged, verified: believed && typeof result === 'boolean' ? result : null, operatorError };
}

function codeOfStatus(status: number, error: OperatorError | null): FailureCode | null {
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

function codeOfBody(kind: 'other' | 'not_json', contentType: string): FailureCode {
  if (kind === 'other') return 'premiuminfo.not_conformant';
  return /\bhtml\b/i.test(contentType) ? 'premiuminfo.html_page' : 'premiuminfo.not_json';
}

/** OIDC Core 5.3.2: an answer about another subject must not be used. Absent, it is a warning: not every operator sends it. */
function judgeSub(sub: unknown, expected: string | null, pseudonyms: Pseudonyms): Judged {
  if (expected === null) return notChecked(SUB, 'no_id_token');
  const wanted = pseudonyms.of('sub', expected);
  if (sub === undefined) return warned(SUB, wanted, 'absent');
  if (sub === expected) return passed(SUB, wanted);
  return failed(
    SUB,
    'premiuminfo.sub_mismatch',
    wanted,
    typeof sub === 'string' ? pseudonyms.of('sub', sub) : typeof sub,
  );
}

/** Strictly a boolean: the string "true" proves nothing but a bug. */
function judgeResult(result: unknown, field: string): Judged {
  if (typeof result === 'boolean') return passed(RESULT, `${field}: ${result}`);
  if (result === undefined)
    return failed(RESULT, 'premiuminfo.missing_result', `${field}: a boolean`, 'absent');
  const seen = typeof result === 'string' ? `the string "${shownValue(result)}"` : shownValue(result);
  return failed(RESULT, 'premiuminfo.result_not_boolean', `${field}: a boolean`, seen);
}

function judgeCorrelation(echoed: unknown, sent: string): Judged {
  if (echoed === undefined) return notChecked(CORRELATION, 'not_sent');
  return echoed === sent ? passed(CORRELATION, sent) : warned(CORRELATION, sent, shownValue(echoed));
}
