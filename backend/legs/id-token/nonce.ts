import { failed, type Judged, passed, type Rule } from '../judged.ts';
import type { Expected, IdToken } from './id-token.ts';

const RULE: Rule = { name: 'nonce', severity: 'fail', clause: 'OIDC Core 3.1.3.7 (11)' };

/** Ties the token to this run, before the access token is used (RFC 9700 §4.5.3.2). */
export function judgeNonce({ claims }: IdToken, { nonce, pseudonyms }: Expected): Judged {
  const expected = pseudonyms.of('nonce', nonce);
  if (claims.nonce === undefined) return failed(RULE, 'idtoken.nonce_missing', expected, 'absent');
  if (claims.nonce === nonce) return passed(RULE, expected);
  const seen = typeof claims.nonce === 'string' ? pseudonyms.of('nonce', claims.nonce) : typeof claims.nonce;
  return failed(RULE, 'idtoken.nonce_mismatch', expected, seen);
}
