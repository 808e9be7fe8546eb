import { evidenceAt, exchangeEvidence, operatorWords, type Rule, traceId } from './rule.ts';

export const operatorDown: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  if (!failure) return null;
  const words = operatorWords(failure);
  const status = run.hops.findLast(({ madeBy }) => madeBy === 'network')?.status ?? 0;
  const said = failure.leg === 'authorize' && /^(server_error|temporarily_unavailable)/.test(words);
  const answered = failure.code === 'authorize.unexpected_status' && status >= 500;
  const backendLeg = failure.code === 'token.unavailable' || failure.code === 'premiuminfo.unavailable';
  if (!said && !answered && !backendLeg) return null;
  const seen = words || `status ${status}`;
  const trace = traceId(symptoms);
  const leg = failure.leg === 'premiuminfo' ? 'premiuminfo' : 'token';
  return {
    code: 'operator_down',
    owner: 'operator',
    confidence: 'likely',
    evidence: backendLeg
      ? exchangeEvidence(leg, words || '5xx')
      : evidenceAt(symptoms, trace ? `${seen} · ${trace}` : seen),
    cure: 'report_trace_id',
  };
};
