import { type Judged, passed, type Rule, warned } from '../judged.ts';
import type { IdToken } from './id-token.ts';

const RULE: Rule = { name: 'amr', severity: 'warn', clause: 'RFC 8176 §2' };

/** `SEAM_OK`: recognised by the network alone. A PIN, a message or a password means a person was asked. */
const BY_A_PERSON = /otp|sms|pin|pwd|password|ussd/i;

export function judgeAmr({ claims }: IdToken): Judged {
  const methods = [claims.amr].flat().filter((one) => typeof one === 'string');
  const shown = methods.join(' ').slice(0, 128);
  if (methods.length === 0) return warned(RULE, 'SEAM_OK', 'absent');
  return methods.some((one) => BY_A_PERSON.test(one)) ? warned(RULE, 'SEAM_OK', shown) : passed(RULE, shown);
}
