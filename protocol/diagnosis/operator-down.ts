import { evidenceAt, failedHop, lastExchange, operatorWords, type Rule, withTraceId } from './rule.ts';

/** A fault the operator admits (RFC 6749 §4.1.2.1), or a status that says so. Its trace id is what support asks for. */
export const operatorDown: Rule = (symptoms) => {
  const { failure } = symptoms;
  const status = lastExchange(symptoms)?.response?.status ?? failedHop(symptoms)?.status ?? 0;
  const admitted = /^authorize\.(server_error|temporarily_unavailable)$/.test(failure?.code ?? '');
  // A gateway's own words for a 5xx are no more than that status.
  const answered =
    /^authorize\.(unexpected_status|operator_error)$/.test(failure?.code ?? '') && status >= 500;
  const endpoint = failure?.code === 'token.unavailable' || failure?.code === 'premiuminfo.unavailable';
  if (!admitted && !answered && !endpoint) return null;
  const seen = operatorWords(failure) || `status ${status}`;
  return {
    code: 'operator_down',
    owner: 'operator',
    confidence: 'likely',
    evidence: evidenceAt(symptoms, withTraceId(symptoms, seen)),
    cure: 'report_trace_id',
  };
};
