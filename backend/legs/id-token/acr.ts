import { type Judged, notChecked, passed, type Rule, warned } from '../judged.ts';
import { type Expected, type IdToken, shownClaim } from './id-token.ts';

const RULE: Rule = { name: 'acr', severity: 'warn', clause: 'OIDC Core 3.1.3.7 (12)' };

export function judgeAcr({ claims }: IdToken, { profile }: Expected): Judged {
  if (profile.acrValues === null) return notChecked(RULE, 'not_requested');
  const asked = profile.acrValues.split(' ');
  return asked.includes(String(claims.acr))
    ? passed(RULE, String(claims.acr))
    : warned(RULE, asked.join(' or '), shownClaim(claims.acr));
}
