import { evidenceAt, type Rule, rawFault } from './rule.ts';

/** The connection ended before the answer was whole. */
export const connectionBroken: Rule = (symptoms) => {
  const { failure } = symptoms;
  if (!failure || !/\.(reset|timeout|network_error)$/.test(failure.code)) return null;
  const inChain = failure.leg === 'authorize';
  return {
    code: 'connection_broken',
    owner: inChain ? 'network' : 'backend',
    confidence: 'possible',
    evidence: evidenceAt(symptoms, rawFault(symptoms)),
    cure: inChain ? 'check_data_session' : 'run_again',
  };
};
