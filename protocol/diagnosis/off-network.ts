import { evidenceAt, operatorWords, type Rule } from './rule.ts';

/** Published texts of a request that reached the operator from outside its mobile network (Mobile Connect DI R2.3, authorize errors). */
const NOT_RECOGNISED =
  /unknown user|user is not recogni[sz]ed|login_hint_token \(or\) login_hint does not exist/i;

/** The documented answers to a request that no subscriber can be found for: Wi-Fi, a VPN, another operator's SIM. */
export const offNetwork: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  const words = operatorWords(failure);
  const asked = run.hops.at(-1)?.page?.asksForNumber === true;
  const cause = {
    code: 'off_network',
    owner: 'network',
    cure: 'use_mobile_data',
  } as const;
  if (failure?.leg === 'authorize' && NOT_RECOGNISED.test(words)) {
    return { ...cause, confidence: 'likely', evidence: evidenceAt(symptoms, words) };
  }
  if (failure?.code === 'authorize.access_denied' && words === 'access_denied') {
    return { ...cause, confidence: 'possible', evidence: evidenceAt(symptoms, words) };
  }
  if (/^authorize\.(login|interaction|consent|account_selection)_required$/.test(failure?.code ?? '')) {
    return { ...cause, confidence: 'likely', evidence: evidenceAt(symptoms, words) };
  }
  if (failure?.code === 'authorize.html_page' && asked) {
    return {
      ...cause,
      confidence: 'likely',
      evidence: evidenceAt(symptoms, run.hops.at(-1)?.page?.title ?? 'a form'),
    };
  }
  return null;
};
