import { evidenceAt, operatorWords, type Rule } from './rule.ts';

/** The operator found the subscriber, and Mobile Connect is not enabled for it. */
export const userUnknown: Rule = (symptoms) => {
  const words = operatorWords(symptoms.failure);
  if (!/mobile connect user is not registered|unknown mobile connect user/i.test(words)) return null;
  return {
    code: 'user_unknown_to_operator',
    owner: 'operator',
    confidence: 'likely',
    evidence: evidenceAt(symptoms, words),
    cure: 'ask_to_enable_subscriber',
  };
};
