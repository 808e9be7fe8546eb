import { failed, type Judged, passed, type Rule } from '../judged.ts';
import { shownValue } from '../shown-value.ts';
import type { IdToken } from './id-token.ts';

const RULE: Rule = { name: 'alg', severity: 'fail', clause: 'OIDC Core 3.1.3.7 (7)' };

/** Asymmetric only: `none` proves nothing, and HS256 with a public key as its secret is the oldest forgery there is. */
export const ALLOWED_ALGS = ['RS256', 'PS256', 'ES256'];

/** Headers that would let the token choose the key it is checked with (RFC 8725 §3.10). */
const KEY_HEADERS = ['jwk', 'jku', 'x5c', 'x5u', 'crit', 'b64'];

export function judgeAlg({ header }: IdToken): Judged {
  const expected = ALLOWED_ALGS.join(', ');
  if (typeof header.alg !== 'string' || !ALLOWED_ALGS.includes(header.alg)) {
    return failed(RULE, 'idtoken.alg_not_allowed', expected, shownValue(header.alg));
  }
  const smuggled = KEY_HEADERS.filter((name) => name in header);
  if (smuggled.length > 0)
    return failed(RULE, 'idtoken.alg_not_allowed', 'kid and alg only', smuggled.join(', '));
  return passed(RULE, header.alg);
}
