import { evidenceAt, operatorWords, type Rule } from './rule.ts';

/** Mobile Connect DI R2.3: one transaction per number at a time. */
export const operatorBusy: Rule = (symptoms) => {
  const words = operatorWords(symptoms.failure);
  const throttled = symptoms.failure?.code.endsWith('.rate_limited') === true;
  if (!throttled && !/busy with another transaction/i.test(words)) return null;
  return {
    code: 'operator_busy',
    owner: 'operator',
    confidence: 'certain',
    evidence: evidenceAt(symptoms, words || '429'),
    cure: 'wait_and_retry',
  };
};
