import type { Rule } from './rule.ts';

/** state, nonce, iss or sub belong to another run or another issuer: mixed up or forged, and in both cases discarded. */
export const responseNotOurs: Rule = ({ failure }) => {
  const codes = [
    'callback.state_missing',
    'callback.state_mismatch',
    'callback.iss_mismatch',
    'callback.iss_missing',
    'callback.wrong_redirect_uri',
    'idtoken.nonce_missing',
    'idtoken.nonce_mismatch',
    'idtoken.iss_mismatch',
    'idtoken.aud_mismatch',
    'idtoken.azp_mismatch',
    'premiuminfo.sub_mismatch',
  ];
  if (!failure?.leg || !codes.includes(failure.code)) return null;
  return {
    code: 'response_not_ours',
    owner: 'operator',
    confidence: 'likely',
    evidence: [{ at: 'check', leg: failure.leg, hop: null, check: failure.check, detail: failure.code }],
    cure: failure.code.includes('.iss_') ? 'check_issuer' : 'report_check',
  };
};
