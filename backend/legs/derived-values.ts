import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/**
 * state, nonce, correlation_id and the PKCE verifier of a run, derived from the server key: every instance
 * and every replay agree on them, and none is stored.
 */
export interface DerivedValues {
  state: string;
  nonce: string;
  correlationId: string;
  codeVerifier: string;
}

export function deriveValues(serverKey: Buffer, runId: string): DerivedValues {
  const key = keyOf(serverKey);
  // One digest for what every run needs; it is long enough for four of them.
  const ids = createHmac('sha512', key).update(`${runId}\0ids`).digest();
  return {
    state: asUuid(ids.subarray(0, 16)),
    nonce: asUuid(ids.subarray(16, 32)),
    correlationId: asUuid(ids.subarray(32, 48)),
    get codeVerifier() {
      return createHmac('sha256', key).update(`${runId}\0code_verifier`).digest('base64url');
    },
  };
}

/** RFC 7636 §4.2, S256. */
export function codeChallenge(codeVerifier: string): string {
  return createHash('sha256').update(codeVerifier).digest('base64url');
}

/** A value under the server key, for what must be recognised again and not be readable. */
export function keyedDigest(serverKey: Buffer, label: string, value: string): string {
  return createHmac('sha256', keyOf(serverKey)).update(`${label}\0${value}`).digest('hex');
}

const known = new WeakMap<Buffer, KeyObject>();

/** To make a key of its bytes takes longer than to use it. */
function keyOf(bytes: Buffer): KeyObject {
  const key = known.get(bytes) ?? createSecretKey(bytes);
  known.set(bytes, key);
  return key;
}

/** The first 16 bytes as a UUID of version 4 (RFC 9562 §5.4), which Mobile Connect asks for. */
function asUuid(bytes: Buffer): string {
  const own = Buffer.from(bytes.subarray(0, 16));
  own[6] = ((own[6] ?? 0) & 0x0f) | 0x40;
  own[8] = ((own[8] ?? 0) & 0x3f) | 0x80;
  const hex = own.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
