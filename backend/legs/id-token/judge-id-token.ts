import type { JWTVerifyGetKey } from 'jose';

import { accepting, failed, type Judged, notChecked, type Rule } from '../judged.ts';
import { judgeAcr } from './acr.ts';
import { judgeAlg } from './alg.ts';
import { judgeAmr } from './amr.ts';
import { judgeAtHash } from './at-hash.ts';
import { judgeAud } from './aud.ts';
import { judgeAuthTime } from './auth-time.ts';
import { judgeAzp } from './azp.ts';
import { judgeExp } from './exp.ts';
import { judgeHashedLoginHint } from './hashed-login-hint.ts';
import { judgeIat } from './iat.ts';
import type { Expected } from './id-token.ts';
import { judgeIss } from './iss.ts';
import { judgeNbf } from './nbf.ts';
import { judgeNonce } from './nonce.ts';
import { judgeSignature, SIGNATURE } from './signature.ts';
import { readIdToken } from './structure.ts';
import { judgeSub } from './sub.ts';

const PRESENT: Rule = { name: 'id_token', severity: 'fail', clause: 'OIDC Core 3.1.3.3' };

/** Every check of the id_token, all of them, whatever the first ones say: an inspector reports every fault. */
export async function judgeIdToken(
  raw: string | null,
  keys: JWTVerifyGetKey | null,
  expected: Expected,
): Promise<{ judged: Judged[]; sub: string | null }> {
  if (raw === null) {
    const judged =
      expected.profile.idToken === 'required'
        ? failed(PRESENT, 'idtoken.missing', 'an id_token', 'absent')
        : notChecked(PRESENT, 'no_id_token');
    return { judged: [judged], sub: null };
  }
  const { judged: structure, idToken } = readIdToken(raw);
  if (!idToken) return { judged: [structure], sub: null };
  const alg = judgeAlg(idToken);
  const judged = [
    structure,
    alg,
    // A token that names a forbidden algorithm or brings its own key must cause no fetch.
    alg.code ? notChecked(SIGNATURE, 'alg_not_allowed') : await judgeSignature(idToken, keys),
    judgeIss(idToken, expected),
    judgeAud(idToken, expected),
    judgeAzp(idToken, expected),
    judgeExp(idToken, expected),
    judgeIat(idToken, expected),
    judgeNbf(idToken, expected),
    judgeNonce(idToken, expected),
    judgeAtHash(idToken, expected),
    judgeAcr(idToken, expected),
    judgeAmr(idToken),
    judgeAuthTime(),
    judgeSub(idToken, expected),
    judgeHashedLoginHint(),
  ];
  const { sub } = idToken.claims;
  return {
    judged: accepting(judged, 'token', expected.profile.accepted),
    sub: typeof sub === 'string' ? sub : null,
  };
}
