import { evidenceAt, type Rule, rawFault } from './rule.ts';

/** RFC 9110 §10.2.2 knows one Location; browsers refuse an answer with two that differ. */
export const doubleLocation: Rule = (symptoms) => {
  if (symptoms.failure?.code !== 'authorize.multiple_location') return null;
  return {
    code: 'double_location',
    owner: 'operator',
    confidence: 'certain',
    evidence: evidenceAt(symptoms, rawFault(symptoms)),
    cure: 'report_trace_id',
  };
};
