import { evidenceAt, type Rule } from './rule.ts';

/** An answer no client could use: wrong types, missing members, a bad signature, a Location that is none. */
const BROKEN =
  /^(callback|idtoken)\.|\.(not_json|html_page|not_conformant|too_large|redirect_refused|missing_\w+|bad_\w+|result_not_boolean|scheme_forbidden|credentials_in_url|code_over_http|invalid_token)$/;

export const operatorBreaksProtocol: Rule = (symptoms) => {
  const { failure } = symptoms;
  if (!failure?.leg || !BROKEN.test(failure.code)) return null;
  const { leg, check } = failure;
  return {
    code: 'operator_breaks_protocol',
    owner: 'operator',
    confidence: 'likely',
    evidence: check
      ? [{ at: 'check', leg, hop: null, check, detail: failure.code }]
      : evidenceAt(symptoms, failure.code),
    cure: failure.code === 'idtoken.key_not_found' ? 'check_jwks_url' : 'report_check',
  };
};
