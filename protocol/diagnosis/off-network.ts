import { evidenceAt, failedHop, operatorWords, type Rule, type Symptoms } from './rule.ts';

/** Published texts of a request that reached the operator from outside its mobile network (Mobile Connect DI R2.3, authorize errors). */
const NOT_RECOGNISED =
  /unknown user|user is not recogni[sz]ed|login_hint_token \(or\) login_hint does not exist/i;
/** OIDC Core §3.1.2.6: silently it did not work, a person would have to say who they are. */
const PERSON_WANTED = /^authorize\.(login|interaction|account_selection)_required$/;

/** The documented answers to a request that no subscriber can be found for: Wi-Fi, a VPN, another operator's SIM. */
export const offNetwork: Rule = (symptoms) => {
  if (!foundNoSubscriber(symptoms)) return null;
  const { failure } = symptoms;
  const words = operatorWords(failure);
  const page = failure?.code === 'authorize.html_page' ? failedHop(symptoms)?.page : null;
  return {
    code: 'off_network',
    owner: 'network',
    confidence: words === 'access_denied' ? 'possible' : 'likely',
    evidence: evidenceAt(symptoms, words || (page?.title ?? 'a field for the number')),
    cure: 'use_mobile_data',
  };
};

/** Whether the operator said, in one of its four documented ways, that it does not know who is asking. */
export function foundNoSubscriber(symptoms: Symptoms): boolean {
  const { failure } = symptoms;
  if (failure?.leg !== 'authorize') return false;
  const words = operatorWords(failure);
  if (NOT_RECOGNISED.test(words) || PERSON_WANTED.test(failure.code)) return true;
  if (failure.code === 'authorize.access_denied' && words === 'access_denied') return true;
  return (
    failure.code === 'authorize.html_page' &&
    failedHop(symptoms)?.page?.shows.includes('number_field') === true
  );
}
