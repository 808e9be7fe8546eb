import { evidenceAt, lastExchange, type Rule } from './rule.ts';

/** The name did not resolve or nothing listened there: no mobile data, no credit, a VPN's resolver, or a host that is gone. */
export const hostUnreachable: Rule = (symptoms) => {
  if (/^(token|premiuminfo)\.(dns|connect)$/.test(symptoms.failure?.code ?? '')) {
    return {
      code: 'name_not_found',
      owner: 'backend',
      confidence: 'possible',
      evidence: evidenceAt(symptoms, lastExchange(symptoms)?.error?.raw ?? symptoms.failure?.code ?? ''),
      cure: 'check_api_host',
    };
  }
  const codes = ['authorize.dns', 'authorize.connect', 'authorize.reset', 'authorize.network_error'];
  if (!symptoms.failure || !codes.includes(symptoms.failure.code)) return null;
  const hop = symptoms.run.hops.findLast(({ error }) => error !== null);
  return {
    code: 'connection_refused',
    owner: 'network',
    confidence: hop?.index === 1 ? 'likely' : 'possible',
    evidence: evidenceAt(symptoms, hop?.error?.raw ?? symptoms.failure.code),
    cure: 'check_data_session',
  };
};
