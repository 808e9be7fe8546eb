import { evidenceAt, operatorWords, type Rule } from './rule.ts';

/** Mobile Connect DI R2.3, authorize errors that mean the client was never enabled for this product. */
const NOT_ENABLED =
  /not authorized to request an authorization code|not allowed to make MC service requests|^insufficient_scope/i;
const CODES = [
  'authorize.unauthorized_client',
  'token.unauthorized_client',
  'premiuminfo.insufficient_scope',
  'premiuminfo.access_denied',
];

export const clientNotEnabled: Rule = (symptoms) => {
  const { failure } = symptoms;
  const words = operatorWords(failure);
  if (!failure || (!CODES.includes(failure.code) && !NOT_ENABLED.test(words))) return null;
  return {
    code: 'client_not_enabled',
    owner: 'client_setup',
    confidence: 'likely',
    evidence: evidenceAt(symptoms, words || failure.code),
    cure: 'ask_to_enable_client',
  };
};
