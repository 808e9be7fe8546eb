import { evidenceAt, failedHop, type Rule, rawFault } from './rule.ts';

/** Nothing listens there for this network; or the browser itself refuses the port an operator named (Fetch §2.9). */
export const connectionRefused: Rule = (symptoms) => {
  const { failure } = symptoms;
  if (!failure?.code.endsWith('.connect')) return null;
  const raw = rawFault(symptoms);
  const evidence = evidenceAt(symptoms, raw);
  if (/UNSAFE_PORT|PORT_ACCESS_NOT_ALLOWED/.test(raw)) {
    return {
      code: 'connection_refused',
      owner: 'operator',
      mechanism: 'browser',
      confidence: 'certain',
      evidence,
      cure: 'report_trace_id',
    };
  }
  const inChain = failure.leg === 'authorize';
  return {
    code: 'connection_refused',
    owner: inChain ? 'network' : 'backend',
    confidence: inChain && failedHop(symptoms)?.index === 1 ? 'likely' : 'possible',
    evidence,
    cure: inChain ? 'check_data_session' : 'check_api_host',
  };
};
