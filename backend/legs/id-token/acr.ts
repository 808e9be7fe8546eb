import { type Judged, notChecked, passed, type Rule, warned } from '../judged.ts';
import { shownValue } from '../shown-value.ts';
import type { Expected, IdToken } from './id-token.ts';

const RULE: Rule = { name: 'acr', severity: 'warn', clause: 'OIDC Core 3.1.3.7 (12)' };

export function judgeAcr({ claims }: IdToken, { profile }: Expected): Judged {
  if (profile.acrValues === null) return notChecked(RULE, 'not_requested');
  const asked = profile.acrValues.split(' ');
  return typeof claims.acr === 'string' && asked.includes(claims.acr)
    ? passed(RULE, shownValue(claims.acr))
    : warned(
        RULE,
        asked.map((one) => `"${one}"`).join(' or '),
        typeof claims.acr === 'number' ? `the number ${claims.acr}` : shownValue(claims.acr),
      );
}
