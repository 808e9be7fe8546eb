import { createHmac, type KeyObject, sign } from 'node:crypto';
import type { SignerName } from './scenario.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What a signature needs: the header it is announced with, and the bytes. */
export interface Signer {
  header: { alg: string; kid?: string };
  sign(input: Buffer): Buffer;
}

/** RFC 7515 and 7518 by hand: a library that signs properly cannot be made to forge. */
export async function signerFor(name: SignerName, keys: SigningKeys, clientSecret: string): Promise<Signer> {
  const own = await keys.of('own');
  const { kid } = own.jwk;
  const rsa = (key: KeyObject, digest = 'sha256') => ({ sign: (input: Buffer) => sign(digest, input, key) });
  const hmac = (secret: string | Buffer) => ({
    sign: (input: Buffer) => createHmac('sha256', secret).update(input).digest(),
  });
  switch (name) {
    case 'own':
      return { header: { alg: 'RS256', kid }, ...rsa(own.privateKey) };
    case 'impostor':
      return { header: { alg: 'RS256', kid }, ...rsa((await keys.of('unused')).privateKey) };
    case 'next': {
      const next = await keys.of('next');
      return { header: { alg: 'RS256', kid: next.jwk.kid }, ...rsa(next.privateKey) };
    }
    case 'elliptic': {
      const { privateKey, jwk } = await keys.of('elliptic');
      const elliptic = (input: Buffer) =>
        sign('sha256', input, { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return { header: { alg: 'ES256', kid: jwk.kid }, sign: elliptic };
    }
    case 'own-rs512':
      return { header: { alg: 'RS512', kid }, ...rsa(own.privateKey, 'sha512') };
    case 'client-secret':
      return { header: { alg: 'HS256' }, ...hmac(clientSecret) };
    case 'public-key-as-secret':
      return {
        header: { alg: 'HS256', kid },
        ...hmac(own.publicKey.export({ type: 'spki', format: 'pem' })),
      };
    case 'nobody':
      return { header: { alg: 'none' }, sign: () => Buffer.alloc(0) };
  }
}
