import { type Judged, notChecked, type Rule } from '../judged.ts';

const RULE: Rule = { name: 'auth_time', severity: 'fail', clause: 'OIDC Core 3.1.3.7 (13)' };

/** Bound only where max_age was asked for, which no profile does. */
export function judgeAuthTime(): Judged {
  return notChecked(RULE, 'no_max_age');
}
