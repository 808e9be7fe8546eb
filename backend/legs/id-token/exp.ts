import { failed, type Judged, passed, type Rule } from '../judged.ts';
import { shownValue } from '../shown-value.ts';
import { type Expected, type IdToken, LEEWAY, shownTime } from './id-token.ts';

const RULE: Rule = { name: 'exp', severity: 'fail', clause: 'OIDC Core 3.1.3.7 (9)' };

/** Year 9999: a larger value is milliseconds taken for seconds, or worse. */
const LATEST = 253_402_300_799;

export function judgeExp({ claims }: IdToken, { now }: Expected): Judged {
  const { exp } = claims;
  if (exp === undefined) return failed(RULE, 'idtoken.expired', 'a time to come', 'absent');
  if (typeof exp !== 'number' || !(exp >= 0 && exp <= LATEST)) {
    return failed(RULE, 'idtoken.claim_type', 'seconds since 1970', shownValue(exp));
  }
  return exp + LEEWAY > now
    ? passed(RULE, shownTime(exp))
    : failed(RULE, 'idtoken.expired', `after ${shownTime(now)}`, shownTime(exp));
}
