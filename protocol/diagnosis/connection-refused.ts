import { evidenceAt, failedHop, type Rule, rawFault } from './rule.ts';

/** Nothing listens there for this network, a proxy of the backend is in the way, or the browser itself refuses the port an operator named (Fetch §2.9). */
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
  // The backend's own proxy: the operator's host was not reached, and its address may be right.
  if (failure.leg !== 'authorize' && raw.startsWith('PROXY_')) {
    return { code: 'backend_proxy', owner: 'backend', confidence: 'certain', evidence, cure: 'check_proxy' };
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
