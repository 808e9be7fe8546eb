import { failed, type Judged, notChecked, passed, type Rule } from '../judged.ts';
import { shownValue } from '../shown-value.ts';
import { type Expected, type IdToken, LEEWAY, shownTime } from './id-token.ts';

const RULE: Rule = { name: 'nbf', severity: 'fail', clause: 'RFC 7519 §4.1.5' };

export function judgeNbf({ claims }: IdToken, { now }: Expected): Judged {
  const { nbf } = claims;
  if (nbf === undefined) return notChecked(RULE, 'not_sent');
  if (typeof nbf !== 'number')
    return failed(RULE, 'idtoken.claim_type', 'seconds since 1970', shownValue(nbf));
  return nbf <= now + LEEWAY
    ? passed(RULE, shownTime(nbf))
    : failed(RULE, 'idtoken.not_yet_valid', `before ${shownTime(now)}`, shownTime(nbf));
}
