import { exchangeEvidence, type Rule } from './rule.ts';

/** A request left and no answer came back: neither a failure nor a result. */
export const resultUnknown: Rule = ({ failure, verdict }) => {
  if (verdict !== 'unknown') return null;
  const leg = failure?.leg === 'premiuminfo' ? 'premiuminfo' : 'token';
  return {
    code: 'result_unknown',
    owner: failure ? 'operator' : 'backend',
    confidence: 'possible',
    evidence: exchangeEvidence(leg, failure?.code ?? 'the backend stopped'),
    cure: 'run_again',
  };
};
