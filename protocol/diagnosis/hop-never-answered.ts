import { evidenceAt, type Rule } from './rule.ts';

export const hopNeverAnswered: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  if (failure?.code !== 'authorize.timeout_hop' && failure?.code !== 'authorize.timeout_chain') return null;
  const hop = run.hops.findLast(({ madeBy }) => madeBy === 'network');
  const limit =
    failure.code === 'authorize.timeout_hop' ? run.profile.limits.hopMs : run.profile.limits.chainMs;
  return {
    code: 'hop_never_answered',
    owner: hop?.role === 'enrichment' ? 'network' : 'operator',
    confidence: 'likely',
    evidence: evidenceAt(symptoms, `${limit} ms`),
    cure: 'retry_then_report',
  };
};
