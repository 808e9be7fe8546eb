import { evidenceAt, failedHop, type Rule, rawFault } from './rule.ts';

/** DNS: no mobile data, no credit, a private resolver, or a name that exists only inside the operator's network. */
export const nameNotFound: Rule = (symptoms) => {
  const { failure } = symptoms;
  if (!failure?.code.endsWith('.dns')) return null;
  const inChain = failure.leg === 'authorize';
  return {
    code: 'name_not_found',
    owner: inChain ? 'network' : 'backend',
    confidence: inChain && failedHop(symptoms)?.index === 1 ? 'likely' : 'possible',
    evidence: evidenceAt(symptoms, rawFault(symptoms)),
    cure: inChain ? 'check_data_session' : 'check_api_host',
  };
};
