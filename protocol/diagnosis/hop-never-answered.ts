import { evidenceAt, failedHop, ownerOf, type Rule } from './rule.ts';

export const hopNeverAnswered: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  if (failure?.code !== 'authorize.timeout_hop') return null;
  return {
    code: 'hop_never_answered',
    owner: ownerOf(failedHop(symptoms)),
    confidence: 'likely',
    evidence: evidenceAt(symptoms, `nothing within ${run.profile.limits.hopMs} ms`),
    cure: 'retry_then_report',
  };
};
