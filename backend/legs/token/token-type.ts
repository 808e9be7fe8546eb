import { failed, type Judged, passed, type Rule } from '../judged.ts';
import { shownValue } from '../shown-value.ts';

const RULE: Rule = { name: 'token_type', severity: 'fail', clause: 'RFC 6749 §7.1' };

/** In any case of letters: operators send both (RFC 6749 §5.1). */
export function judgeTokenType(type: unknown): Judged {
  return typeof type === 'string' && type.toLowerCase() === 'bearer'
    ? passed(RULE, type)
    : failed(RULE, 'token.bad_token_type', 'Bearer', shownValue(type));
}
