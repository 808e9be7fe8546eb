import { createHash, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { JwksFault } from './scenario.ts';

export interface SigningKey {
  privateKey: KeyObject;
  publicKey: KeyObject;
  jwk: JWK & { kid: string };
}

/** `unused` and `own` are published; the others only where a scenario's JWKS has them. */
export type KeyName = 'unused' | 'own' | 'next' | 'elliptic';

export interface SigningKeys {
  of(name: KeyName): Promise<SigningKey>;
  published(keys?: JwksFault['keys']): Promise<{ keys: JWK[] }>;
}

/** The key in use is published second: a client that takes the first key instead of the one named by kid fails. */
const USUAL: NonNullable<JwksFault['keys']> = ['unused', 'own'];
/** With the two of `USUAL`, 500. */
const STRANGERS = 498;

const generate = promisify(generateKeyPair);

export async function makeSigningKeys(): Promise<SigningKeys> {
  const made = new Map<KeyName, Promise<SigningKey>>();
  const of = (name: KeyName) => {
    const key = made.get(name) ?? (name === 'elliptic' ? makeElliptic() : makeRsa());
    made.set(name, key);
    return key;
  };
  // Made before the first request: an RSA key takes long enough to be taken for a slow answer.
  await Promise.all([of('unused'), of('own')]);
  return { of, published: async (keys = USUAL) => ({ keys: (await Promise.all(keys.map(publish))).flat() }) };

  async function publish(name: (typeof USUAL)[number]): Promise<JWK[]> {
    if (name === 'strangers') return Array.from({ length: STRANGERS }, strangersKey);
    if (name === 'elliptic-under-kid-of-next') {
      const [elliptic, next] = await Promise.all([of('elliptic'), of('next')]);
      return [{ ...elliptic.jwk, kid: next.jwk.kid }];
    }
    return [(await of(name)).jwk];
  }
}

async function makeRsa(): Promise<SigningKey> {
  const pair = await generate('rsa', { modulusLength: 2048 });
  return { ...pair, jwk: await publicJwk(pair.publicKey, 'RS256') };
}

async function makeElliptic(): Promise<SigningKey> {
  const pair = await generate('ec', { namedCurve: 'P-256' });
  return { ...pair, jwk: await publicJwk(pair.publicKey, 'ES256') };
}

async function publicJwk(key: KeyObject, alg: string): Promise<JWK & { kid: string }> {
  const jwk = key.export({ format: 'jwk' }) as JWK;
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'sig', alg };
}

/** Looks like an RSA key and is none: five hundred real ones would take a minute to make. */
function strangersKey(): JWK {
  const modulus = randomBytes(256);
  modulus[0] = 0xff;
  const kid = createHash('sha256').update(modulus).digest('base64url');
  return { kty: 'RSA', n: modulus.toString('base64url'), e: 'AQAB', kid, use: 'sig', alg: 'RS256' };
}
