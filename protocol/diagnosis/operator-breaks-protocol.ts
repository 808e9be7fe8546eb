import type { Rule } from './rule.ts';

/** An answer no client could use: wrong types, missing members, a bad signature, a Location that is none. */
export const operatorBreaksProtocol: Rule = ({ failure, run }) => {
  if (!failure?.leg) return null;
  const broken =
    /^(callback|idtoken)\./.test(failure.code) ||
    /\.(not_json|not_conformant|too_large|redirect_refused|missing_\w+|bad_\w+|result_not_boolean|multiple_location|scheme_forbidden|credentials_in_url|code_over_http|invalid_token)$/.test(
      failure.code,
    );
  if (!broken) return null;
  const at = failure.check ? 'check' : failure.leg === 'authorize' ? 'hop' : 'exchange';
  const hop = failure.leg === 'authorize' ? (failure.hop ?? run.hops.at(-1)?.index ?? null) : null;
  return {
    code: 'operator_breaks_protocol',
    owner: 'operator',
    confidence: 'likely',
    evidence: [{ at, leg: failure.leg, hop, check: failure.check, detail: failure.code }],
    cure: 'report_check',
  };
};
