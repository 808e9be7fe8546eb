import { type Judged, notChecked, passed, type Rule, warned } from '../judged.ts';
import { shownValue } from '../shown-value.ts';

const RULE: Rule = { name: 'scope', severity: 'warn', clause: 'RFC 6749 §5.1' };

/** RFC 6749 §5.1: no scope in the answer means the scope asked for. */
export function judgeScope(granted: unknown, asked: string): Judged {
  if (granted === undefined) return notChecked(RULE, 'not_sent');
  const shown = shownValue(granted);
  const given = typeof granted === 'string' ? granted.split(' ') : [];
  // Without openid in the answer nothing is lost that the id_token does not show.
  const missing = asked.split(' ').filter((one) => one !== 'openid' && !given.includes(one));
  return missing.length === 0 ? passed(RULE, shown) : warned(RULE, asked, shown);
}
