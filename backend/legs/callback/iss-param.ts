import type { Profile } from '#protocol/profile.ts';

import { failed, type Judged, notChecked, passed, type Rule } from '../judged.ts';

const RULE: Rule = { name: 'iss_param', severity: 'fail', clause: 'RFC 9207 §2.4' };

/** Which issuer answers; it has to be there only where the profile says that this operator sends it (RFC 9207 §3). */
export function judgeIssParam(parameters: URLSearchParams, { issuer, issParameter }: Profile): Judged {
  const iss = parameters.get('iss');
  if (iss === null && issParameter) {
    return failed(RULE, 'callback.iss_missing', issuer ?? 'an issuer', 'absent');
  }
  if (iss === null) return notChecked(RULE, 'not_sent');
  if (issuer === null) return notChecked(RULE, 'no_issuer_configured');
  return iss === issuer
    ? passed(RULE, iss)
    : failed(RULE, 'callback.iss_mismatch', issuer, iss.slice(0, 256));
}
