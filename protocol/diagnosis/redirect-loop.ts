import { evidenceAt, type Rule } from './rule.ts';

/** The chain came back to a URL it had asked for, with no new cookie since. */
export const redirectLoop: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  if (failure?.code !== 'authorize.loop' && failure?.code !== 'authorize.too_many_hops') return null;
  const proven = failure.code === 'authorize.loop';
  return {
    code: 'redirect_loop',
    owner: 'operator',
    confidence: proven ? 'certain' : 'possible',
    evidence: evidenceAt(symptoms, run.chainEnd?.url ?? `${run.hops.length} hops`),
    cure: 'report_trace_id',
  };
};
