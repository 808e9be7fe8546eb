import { evidenceAt, operatorWords, type Rule } from './rule.ts';

/** Mobile Connect DI R2.3: the one error that comes without a redirect, because there is nowhere to send it. */
export const redirectUriNotRegistered: Rule = (symptoms) => {
  const words = operatorWords(symptoms.failure);
  if (!/redirect_uri/i.test(words) || !/invalid|mismatch|not (?:registered|allowed|match)/i.test(words))
    return null;
  // A code bound to another redirect_uri is refused by the token endpoint, and is another matter.
  if (symptoms.failure?.leg !== 'authorize') return null;
  return {
    code: 'redirect_uri_not_registered',
    owner: 'client_setup',
    confidence: 'certain',
    evidence: evidenceAt(symptoms, words),
    cure: 'register_redirect_uri',
  };
};
