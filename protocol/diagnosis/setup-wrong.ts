import type { Cause } from './cause.ts';
import {
  evidenceAt,
  exchangeEvidence,
  type Finding,
  lastExchange,
  operatorWords,
  type Rule,
} from './rule.ts';

/** Mobile Connect DI R2.3, authorize errors that mean the client was never enabled for this product. */
const NOT_ENABLED =
  /not authorized to request an authorization code|not allowed to make MC service requests|^unauthorized_client/i;

/** The client registration and what we were configured with: path, redirect_uri, product, credentials, parameters. */
export const setupWrong: Rule = (symptoms) => {
  const { run, failure } = symptoms;
  if (!failure) return null;
  const words = operatorWords(failure);
  const first = run.hops[0];
  const finding = (
    code: Cause['code'],
    confidence: Cause['confidence'],
    cure: Cause['cure'],
    evidence: Cause['evidence'],
  ): Finding => ({
    code,
    owner: 'client_setup',
    confidence,
    evidence,
    cure,
  });
  if (failure.code === 'authorize.unexpected_status' && first?.status === 404 && failure.hop === 1) {
    const missing = !first.url.includes('/mobileconnect/');
    return finding(
      'api_path_wrong',
      missing ? 'likely' : 'possible',
      missing ? 'add_mobileconnect' : 'check_api_host',
      evidenceAt(symptoms, '404'),
    );
  }
  if (failure.code === 'callback.wrong_redirect_uri') {
    return finding(
      'redirect_uri_not_registered',
      'likely',
      'register_redirect_uri',
      evidenceAt(symptoms, run.chainEnd?.url ?? failure.code),
    );
  }
  if (/redirect_uri is invalid/i.test(words)) {
    return finding(
      'redirect_uri_not_registered',
      'certain',
      'register_redirect_uri',
      evidenceAt(symptoms, words),
    );
  }
  if (NOT_ENABLED.test(words))
    return finding('client_not_enabled', 'likely', 'ask_to_enable_client', evidenceAt(symptoms, words));
  if (failure.code === 'token.invalid_client') {
    return finding(
      'client_credentials_wrong',
      'certain',
      'check_credentials',
      exchangeEvidence('token', words || '401'),
    );
  }
  if (failure.code === 'premiuminfo.insufficient_scope') {
    return finding(
      'client_not_enabled',
      'likely',
      'ask_to_enable_client',
      exchangeEvidence('premiuminfo', words || '403'),
    );
  }
  if (/^authorize\.(invalid_request|invalid_scope|\w+_not_supported)$/.test(failure.code)) {
    return finding('request_refused', 'likely', 'check_parameters', evidenceAt(symptoms, words));
  }
  if (failure.code === 'token.operator_error' || failure.code === 'premiuminfo.operator_error') {
    const seen = words || `status ${lastExchange(symptoms)?.response?.status ?? '?'}`;
    return finding('request_refused', 'possible', 'check_parameters', evidenceAt(symptoms, seen));
  }
  return null;
};
