import { type Judged, notChecked, type Rule } from '../judged.ts';

const RULE: Rule = { name: 'hashed_login_hint', severity: 'warn', clause: 'Mobile Connect DI R2.3' };

/** Owed only to a request that carried a login_hint, which no profile sends. */
export function judgeHashedLoginHint(): Judged {
  return notChecked(RULE, 'no_login_hint');
}
