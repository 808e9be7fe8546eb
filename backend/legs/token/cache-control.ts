import { type Judged, passed, type Rule, warned } from '../judged.ts';

const RULE: Rule = { name: 'cache_control', severity: 'info', clause: 'RFC 6749 §5.1' };

/** Tokens must not be kept by anything on the way. */
export function judgeCacheControl(value: string): Judged {
  return /\bno-store\b/i.test(value) ? passed(RULE, value) : warned(RULE, 'no-store', value || 'absent');
}
