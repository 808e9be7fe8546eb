import { createHash } from 'node:crypto';

import { failed, type Judged, notChecked, passed, type Rule, warned } from '../judged.ts';
import { shownValue } from '../shown-value.ts';
import type { Expected, IdToken } from './id-token.ts';

const RULE: Rule = { name: 'at_hash', severity: 'fail', clause: 'OIDC Core 3.1.3.8' };

/** Binds the access token to the id_token. Mobile Connect DI R2.3 wants it present; absent, it is a warning. */
export function judgeAtHash({ claims }: IdToken, { accessToken, profile, pseudonyms }: Expected): Judged {
  if (claims.at_hash === undefined) {
    return profile.version?.startsWith('mc_di_')
      ? warned(RULE, 'present', 'absent')
      : notChecked(RULE, 'not_sent');
  }
  if (typeof claims.at_hash !== 'string') {
    return failed(RULE, 'idtoken.claim_type', 'a string', shownValue(claims.at_hash));
  }
  const expected = atHash(accessToken);
  return claims.at_hash === expected
    ? passed(RULE)
    : failed(
        RULE,
        'idtoken.at_hash_mismatch',
        pseudonyms.of('at_hash', expected),
        pseudonyms.of('at_hash', claims.at_hash),
      );
}

/** OIDC Core 3.1.3.6: the left half of the SHA-256 of the token, base64url; every allowed alg hashes with SHA-256. */
export function atHash(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
}
