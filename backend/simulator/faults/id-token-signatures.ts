import type { FaultScenario, IdTokenFault, JwksFault } from '../scenario.ts';

const signed = (name: string, about: string, idToken: IdTokenFault, jwks?: JwksFault): FaultScenario => ({
  name: `id-token-${name}`,
  group: 'id_token',
  about,
  idToken,
  ...(jwks ? { jwks } : {}),
});
const header = (name: string, about: string, change: Record<string, unknown>) =>
  signed(name, about, { header: change });

/** A key set of the attacker's, at a host where every request is counted. */
const ELSEWHERE = 'https://app.relying-party.test/jwks';

/** OIDC Core §3.1.3.7 (6) to (8): who signed, how, and with which key. */
export const idTokenSignatures: readonly FaultScenario[] = [
  signed('signed-by-another', 'Another key signed, under the kid of the right one.', {
    signWith: 'impostor',
  }),
  signed('signature-flipped', 'The signature is changed.', { form: flipped }),
  signed('signature-stripped', 'The signature is left out, and alg still says RS256.', {
    form: (jws) => jws.slice(0, jws.lastIndexOf('.') + 1),
  }),
  signed(
    'es256',
    'Signed with ES256 by a published key.',
    { signWith: 'elliptic' },
    { keys: ['own', 'elliptic'] },
  ),
  signed(
    'es256-flipped',
    'Signed with ES256, and the signature is changed.',
    { signWith: 'elliptic', form: flipped },
    { keys: ['own', 'elliptic'] },
  ),
  signed('alg-none', 'Unsigned, and alg says so.', { signWith: 'nobody' }),
  header('alg-none-mixed-case', 'alg is nOnE.', { alg: 'nOnE' }),
  header('alg-array', 'alg is an array.', { alg: ['RS256'] }),
  header('alg-missing', 'alg is missing.', { alg: undefined }),
  signed('alg-rs512', 'Signed with RS512, which nobody asked for.', { signWith: 'own-rs512' }),
  signed('alg-hs256', 'Signed with HS256 and the client’s own credentials.', { signWith: 'client-secret' }),
  signed('alg-hs256-public-key', 'Signed with HS256, the public key as the shared one.', {
    signWith: 'public-key-as-secret',
  }),
  header('crit', 'A critical extension nobody knows (RFC 7515 §4.1.11).', { crit: ['exp'] }),
  header('b64-false', 'The payload claims not to be encoded (RFC 7797).', { b64: false, crit: ['b64'] }),
  header('embedded-key', 'The token brings a key to check itself with (RFC 8725 §3.10).', {
    jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' },
  }),
  header('jku', 'The token says where to fetch keys (RFC 8725 §3.10).', { jku: ELSEWHERE }),
  header('x5u', 'The token says where to fetch a certificate (RFC 8725 §3.10).', { x5u: ELSEWHERE }),
  header('kid-absent', 'There are two keys, and the token names none.', { kid: undefined }),
  signed(
    'kid-absent-single-key',
    'There is one key, and the token names none.',
    { header: { kid: undefined } },
    { keys: ['own'] },
  ),
  signed('kid-absent-no-key-fits', 'The token names no key, and none fits.', {
    signWith: 'next',
    header: { kid: undefined },
  }),
];

/** Another first character of the signature: the last one can hold bits that mean nothing. */
function flipped(jws: string): string {
  const at = jws.lastIndexOf('.') + 1;
  return `${jws.slice(0, at)}${jws[at] === 'A' ? 'B' : 'A'}${jws.slice(at + 1)}`;
}
