import { type Judged, passed, type Rule, warned } from './judged.ts';

const RULE: Rule = { name: 'content_type', severity: 'warn', clause: 'RFC 8259 §11' };

/** JSON under another name is read, with a word. */
export function judgeMediaType(contentType: string): Judged {
  return /^application\/([\w.-]+\+)?json\b/i.test(contentType)
    ? passed(RULE, contentType)
    : warned(RULE, 'application/json', contentType || 'absent');
}
