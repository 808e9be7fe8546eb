import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

export interface SigningKeys {
  kid: string;
  privateKey: CryptoKey;
  jwks: { keys: JWK[] };
}

/** The key in use is published second: a client that takes the first key instead of the one named by kid fails. */
export async function makeSigningKeys(): Promise<SigningKeys> {
  const [unrelated, current] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const [other, own] = await Promise.all([publicJwk(unrelated.publicKey), publicJwk(current.publicKey)]);
  return { kid: own.kid, privateKey: current.privateKey, jwks: { keys: [other, own] } };
}

async function publicJwk(key: CryptoKey): Promise<JWK & { kid: string }> {
  const jwk = await exportJWK(key);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'sig', alg: 'RS256' };
}
