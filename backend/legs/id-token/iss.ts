import { failed, type Judged, notChecked, passed, type Rule } from '../judged.ts';
import { shownValue } from '../shown-value.ts';
import type { Expected, IdToken } from './id-token.ts';

const RULE: Rule = { name: 'iss', severity: 'fail', clause: 'OIDC Core 3.1.3.7 (2)' };

/** Compared as text: real operators use issuers that are no URL, such as `mobileconnect/issuer`. */
export function judgeIss({ claims }: IdToken, { profile }: Expected): Judged {
  if (profile.issuer === null) return notChecked(RULE, 'no_issuer_configured');
  return claims.iss === profile.issuer
    ? passed(RULE, profile.issuer)
    : failed(RULE, 'idtoken.iss_mismatch', profile.issuer, shownValue(claims.iss));
}
