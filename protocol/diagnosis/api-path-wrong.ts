import { evidenceAt, failedHop, type Rule } from './rule.ts';

/** 404 at the front door: often the `/mobileconnect` of the operator's base URL was left out. */
export const apiPathWrong: Rule = (symptoms) => {
  const { failure } = symptoms;
  const hop = failedHop(symptoms);
  if (failure?.code !== 'authorize.unexpected_status' || hop?.index !== 1 || hop.status !== 404) return null;
  const missing = !hop.url.includes('/mobileconnect/');
  return {
    code: 'api_path_wrong',
    owner: 'client_setup',
    confidence: missing ? 'likely' : 'possible',
    evidence: evidenceAt(symptoms, '404'),
    cure: missing ? 'add_mobileconnect' : 'check_api_host',
  };
};
