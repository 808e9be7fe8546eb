import { evidenceAt, type Rule, rawFault } from './rule.ts';

/** The connection ended before the answer was whole; or the browser would not take an answer that is too large. */
export const connectionBroken: Rule = (symptoms) => {
  const { failure } = symptoms;
  if (!failure || !/\.(reset|timeout)$/.test(failure.code)) return null;
  const raw = rawFault(symptoms);
  const evidence = evidenceAt(symptoms, raw);
  if (/HEADERS_TOO_BIG|INVALID_HTTP/.test(raw)) {
    return {
      code: 'operator_breaks_protocol',
      owner: 'operator',
      confidence: 'likely',
      evidence,
      cure: 'report_trace_id',
    };
  }
  const inChain = failure.leg === 'authorize';
  return {
    code: 'connection_broken',
    owner: inChain ? 'network' : 'backend',
    confidence: 'possible',
    evidence,
    cure: inChain ? 'check_data_session' : 'run_again',
  };
};
