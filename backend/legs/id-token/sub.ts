import { failed, type Judged, passed, type Rule, warned } from '../judged.ts';
import { shownValue } from '../shown-value.ts';
import type { Expected, IdToken } from './id-token.ts';

const RULE: Rule = { name: 'sub', severity: 'fail', clause: 'OIDC Core 2' };

/** The pseudonymous customer reference: there, and not a phone number. */
export function judgeSub({ claims }: IdToken, { pseudonyms }: Expected): Judged {
  if (typeof claims.sub !== 'string' || claims.sub === '') {
    return failed(RULE, 'idtoken.sub_missing', 'a non-empty string', shownValue(claims.sub));
  }
  const shown = pseudonyms.of('sub', claims.sub);
  return isNumber(claims.sub) ? warned(RULE, 'a pseudonym', 'a phone number') : passed(RULE, shown);
}

/** As a URI, with a prefix, or as people write it. */
function isNumber(sub: string): boolean {
  return /^(?:tel:|msisdn:)?\+?[\d ().-]+$/i.test(sub) && /^\d{8,15}$/.test(sub.replace(/\D/g, ''));
}
