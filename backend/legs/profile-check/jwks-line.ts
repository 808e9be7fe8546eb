import { createPublicKey, type JsonWebKey } from 'node:crypto';

import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import { redactText } from '#protocol/redact.ts';

import type { UpstreamAnswer } from '../../upstream/send.ts';
import { headerOf } from '../exchange.ts';
import { ALLOWED_ALGS } from '../id-token/alg.ts';
import { readJsonObject } from '../json-answer.ts';
import { bad, good, type Outcome, unanswered } from './line.ts';

/** RFC 7518 §3.3: a shorter RSA key must not be used. */
const SHORTEST_RSA = 2048;

/** Judges a fetched JWKS by the keys in it that an id_token could be checked with. Pure. */
export function judgeJwks(answer: UpstreamAnswer, pseudonyms: Pseudonyms): Outcome {
  if (answer.kind === 'failed') {
    const isForbidden = answer.fault.code === 'address_forbidden';
    const code = isForbidden ? 'idtoken.address_forbidden' : 'idtoken.jwks_unread';
    return unanswered(code, answer.fault, 'check_jwks_url');
  }
  const blame = { owner: 'client_setup', cure: 'check_jwks_url' } as const;
  const { status, headers, body } = answer;
  const read = readJsonObject(body);
  const keys = read.kind === 'object' ? read.value.keys : null;
  if (status !== 200 || !Array.isArray(keys)) {
    const seen = `${status} ${redactText(headerOf(headers, 'content-type'), pseudonyms)}`.trim();
    return bad('failed', seen, 'idtoken.jwks_unread', blame);
  }
  const usable = keys.filter(isUsable).length;
  if (usable === 0) {
    const seen = `0 of ${keys.length} keys can check a signature`;
    return bad('failed', seen, 'idtoken.key_not_found', blame);
  }
  return good(usable === 1 ? '1 key' : `${usable} keys`);
}

/** RFC 7517 §4: for signatures, with an algorithm we allow, and really a key. */
function isUsable(jwk: unknown): boolean {
  if (typeof jwk !== 'object' || jwk === null) return false;
  const { kty, use, alg, crv, key_ops: operations } = jwk as Record<string, unknown>;
  if (use !== undefined && use !== 'sig') return false;
  if (Array.isArray(operations) && !operations.includes('verify')) return false;
  const algs = kty === 'RSA' ? ['RS256', 'PS256'] : kty === 'EC' && crv === 'P-256' ? ['ES256'] : [];
  if (!algs.some((one) => ALLOWED_ALGS.includes(one) && (alg === undefined || alg === one))) return false;
  try {
    const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
    return kty === 'EC' || (key.asymmetricKeyDetails?.modulusLength ?? 0) >= SHORTEST_RSA;
  } catch {
    return false;
  }
}
