import { compactVerify, errors, type JWTVerifyGetKey } from 'jose';

import type { UpstreamFault } from '../../upstream/faults.ts';
import { JwksUnread } from '../../upstream/jwks.ts';
import { failed, type Judged, notChecked, passed, type Rule } from '../judged.ts';
import { shownValue } from '../shown-value.ts';
import { ALLOWED_ALGS } from './alg.ts';
import type { IdToken } from './id-token.ts';

export const SIGNATURE: Rule = { name: 'signature', severity: 'fail', clause: 'OIDC Core 3.1.3.7 (6)' };

/** Verified with the operator's keys by `kid`. Without a JWKS it is not checked, and the verdict says so. */
export async function judgeSignature(idToken: IdToken, keys: JWTVerifyGetKey | null): Promise<Judged> {
  if (!keys) return notChecked(SIGNATURE, 'no_jwks_configured');
  try {
    await verify(idToken.raw, keys);
    return passed(SIGNATURE, `${idToken.header.alg}, kid ${shownValue(idToken.header.kid)}`);
  } catch (error) {
    return failed(SIGNATURE, codeOf(error), 'a signature by a key of this operator', reasonOf(error));
  }
}

/** Without a `kid` among several keys, the one that verifies is the one (OIDC Core §10.1 wants a `kid` then). */
async function verify(raw: string, keys: JWTVerifyGetKey): Promise<void> {
  const options = { algorithms: ALLOWED_ALGS };
  try {
    await compactVerify(raw, keys, options);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      const fits = await compactVerify(raw, key, options).then(
        () => true,
        () => false,
      );
      if (fits) return;
    }
    throw error;
  }
}

function codeOf(error: unknown) {
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'idtoken.signature_invalid';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'idtoken.alg_not_allowed';
  if (error instanceof errors.JWSInvalid) return 'idtoken.malformed';
  if (isRefusedHere(error)) return 'idtoken.address_forbidden';
  if (error instanceof JwksUnread) return 'idtoken.jwks_unread';
  // No key of that kid, or several without one.
  return 'idtoken.key_not_found';
}

function reasonOf(error: unknown): string {
  if (isRefusedHere(error)) return error.fault.raw;
  if (error instanceof JwksUnread) return error.message;
  return error instanceof errors.JOSEError ? error.code : 'no usable key';
}

/** The backend sends nothing to where the JWKS is said to be: no operator can do anything about it. */
function isRefusedHere(error: unknown): error is JwksUnread & { fault: UpstreamFault } {
  return error instanceof JwksUnread && error.fault?.code === 'address_forbidden';
}
