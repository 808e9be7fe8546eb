import { type Judged, passed, type Rule, warned } from '../judged.ts';

const RULE: Rule = { name: 'refresh_token', severity: 'warn', clause: 'Mobile Connect DI R2.3' };

/** None is due, and one that comes is neither kept nor used. */
export function judgeRefreshToken(token: unknown): Judged {
  return token === undefined ? passed(RULE, 'none') : warned(RULE, 'none', 'sent, and dropped');
}
