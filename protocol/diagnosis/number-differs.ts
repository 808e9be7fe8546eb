import { exchangeEvidence, type Rule } from './rule.ts';

/** All legs worked and the answer is no: usually a second SIM carries the data, or another phone shares the connection. */
export const numberDiffers: Rule = ({ run, verdict }) => {
  if (verdict !== 'no_match') return null;
  return {
    code: 'number_differs',
    owner: 'you',
    confidence: 'likely',
    evidence: exchangeEvidence('premiuminfo', `${run.profile.resource.resultField}: false`),
    cure: 'check_data_sim',
  };
};
