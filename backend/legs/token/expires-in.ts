import { failed, type Judged, notChecked, passed, type Rule, warned } from '../judged.ts';
import { shownValue } from '../shown-value.ts';

const RULE: Rule = { name: 'expires_in', severity: 'warn', clause: 'RFC 6749 §5.1' };

/** Seconds; digits in a string are seen in the field, and taken with a word. */
export function judgeExpiresIn(value: unknown): Judged {
  if (value === undefined) return notChecked(RULE, 'not_sent');
  const seconds = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !(seconds > 0) || seconds > 31_536_000) {
    return failed(RULE, 'token.not_conformant', 'seconds above 0', shownValue(value));
  }
  return typeof value === 'string'
    ? warned(RULE, 'a number', `the string "${value}"`)
    : passed(RULE, `${value} s`);
}
