import { evidenceAt, failedHop, operatorWords, type Rule, type Symptoms } from './rule.ts';

/** Published texts of a request that reached the operator from outside its mobile network (Mobile Connect DI R2.3, authorize errors). */
const NOT_RECOGNISED =
  /unknown user|user is not recogni[sz]ed|login_hint_token \(or\) login_hint does not exist/i;
/** A person was asked and said no, or the subscriber is known and something else is in the way. */
const BY_A_PERSON =
  /refused|declined|rejected|cancel|user denied|busy|not registered|unknown mobile connect|not allowed|not authori[sz]ed|consent/i;
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
    // That a page asks for the number is read off its form.
    seen: page ? 'likely' : 'certain',
    confidence: saysSo(symptoms) || page ? 'likely' : 'possible',
    evidence: evidenceAt(symptoms, words || (page?.title ?? 'a field for the number')),
    cure: 'use_mobile_data',
  };
};

/** In words that have no other meaning. */
export function saysSo({ failure }: Symptoms): boolean {
  return NOT_RECOGNISED.test(operatorWords(failure)) || PERSON_WANTED.test(failure?.code ?? '');
}

/** Whether the operator said, in one of its four documented ways, that it does not know who is asking. */
export function foundNoSubscriber(symptoms: Symptoms): boolean {
  const { failure } = symptoms;
  if (failure?.leg !== 'authorize') return false;
  if (saysSo(symptoms)) return true;
  // Any other refusal may be one too, unless a person is said to have refused.
  if (failure.code === 'authorize.access_denied') return !BY_A_PERSON.test(operatorWords(failure));
  return (
    failure.code === 'authorize.html_page' &&
    failedHop(symptoms)?.page?.shows.includes('number_field') === true
  );
}
