import { evidenceAt, failedHop, type Rule } from './rule.ts';

/** 404 at the front door, with or without words of a gateway: often the `/mobileconnect` of the operator's base URL was left out. */
export const apiPathWrong: Rule = (symptoms) => {
  const code = symptoms.failure?.code;
  const hop = failedHop(symptoms);
  if (code !== 'authorize.unexpected_status' && code !== 'authorize.operator_error') return null;
  if (hop?.index !== 1 || hop.status !== 404) return null;
  const missing = !hop.url.includes('/mobileconnect/');
  return {
    code: 'api_path_wrong',
    owner: 'client_setup',
    confidence: missing ? 'likely' : 'possible',
    evidence: evidenceAt(symptoms, '404'),
    cure: missing ? 'add_mobileconnect' : 'check_api_host',
  };
};
