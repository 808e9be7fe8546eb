import { evidenceAt, failedHop, ownerOf, type Rule } from './rule.ts';

export const hopNeverAnswered: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  if (failure?.code !== 'authorize.timeout_hop') return null;
  const hop = failedHop(symptoms);
  const waited = Math.round(hop?.durationMs ?? run.profile.limits.hopMs);
  const raw = hop?.error ? ` · ${hop.error.raw}` : '';
  return {
    code: 'hop_never_answered',
    owner: ownerOf(hop),
    confidence: 'likely',
    evidence: evidenceAt(symptoms, `nothing within ${waited} ms${raw}`),
    cure: 'retry_then_report',
  };
};
