import { failed, type Judged, notChecked, passed, type Rule } from '../judged.ts';
import { shownValue } from '../shown-value.ts';
import type { Expected, IdToken } from './id-token.ts';

const RULE: Rule = { name: 'azp', severity: 'fail', clause: 'OIDC Core 3.1.3.7 (5)' };

/** Whose token it is; it has to say so where it is meant for several. */
export function judgeAzp({ claims }: IdToken, { profile }: Expected): Judged {
  if (claims.azp === undefined) {
    return new Set([claims.aud].flat()).size > 1
      ? failed(RULE, 'idtoken.azp_mismatch', profile.clientId, 'absent')
      : notChecked(RULE, 'not_sent');
  }
  return claims.azp === profile.clientId
    ? passed(RULE, profile.clientId)
    : failed(RULE, 'idtoken.azp_mismatch', profile.clientId, shownValue(claims.azp));
}
