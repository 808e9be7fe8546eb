import { evidenceAt, lastExchange, operatorWords, type Rule } from './rule.ts';

/** The operator takes the client but not what it asked: a parameter of the profile and the operator do not agree. */
const CODES =
  /^(authorize\.(invalid_request|invalid_scope|unsupported_response_type|\w+_not_supported)|token\.(invalid_request|unsupported_grant_type|invalid_scope|access_denied|operator_error)|premiuminfo\.(invalid_request|operator_error))$/;

export const requestRefused: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  if (!failure || !CODES.test(failure.code)) return null;
  const words = operatorWords(failure) || `status ${lastExchange(symptoms)?.response?.status ?? '?'}`;
  // premiuminfo refuses what it cannot read: the claim, or the form of its hash.
  const about = failure.leg === 'premiuminfo' ? ` · device_msisdn_hash, ${run.profile.hash}` : '';
  return {
    code: 'request_refused',
    owner: 'client_setup',
    confidence: failure.code.endsWith('.operator_error') ? 'possible' : 'likely',
    evidence: evidenceAt(symptoms, words + about),
    cure: 'check_parameters',
  };
};
