import { failed, type Judged, passed, type Rule } from '../judged.ts';
import { shownValue } from '../shown-value.ts';
import { type Expected, type IdToken, LEEWAY, shownTime } from './id-token.ts';

const RULE: Rule = { name: 'iat', severity: 'fail', clause: 'OIDC Core 3.1.3.7 (10)' };

/** Seconds before the run at which an id_token for it may have been made; clocks differ, a week-old token is replayed. */
const OLDEST = 3600;

export function judgeIat({ claims }: IdToken, { now, openedAt }: Expected): Judged {
  const { iat } = claims;
  if (iat === undefined) return failed(RULE, 'idtoken.iat_missing', 'seconds since 1970', 'absent');
  if (typeof iat !== 'number' || !(iat >= 0)) {
    return failed(RULE, 'idtoken.claim_type', 'seconds since 1970', shownValue(iat));
  }
  if (iat > now + LEEWAY)
    return failed(RULE, 'idtoken.not_yet_valid', `before ${shownTime(now)}`, shownTime(iat));
  if (iat < openedAt - OLDEST) {
    return failed(RULE, 'idtoken.iat_too_old', `after ${shownTime(openedAt - OLDEST)}`, shownTime(iat));
  }
  return passed(RULE, shownTime(iat));
}
