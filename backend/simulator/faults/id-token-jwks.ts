import type { FaultScenario, JwksFault } from '../scenario.ts';

/** Signed by a key that the usual key set has not, so that a client with keys in memory has to ask again. */
const jwks = (name: string, about: string, fault: JwksFault): FaultScenario => ({
  name: `id-token-jwks-${name}`,
  group: 'id_token',
  about,
  idToken: { signWith: 'next' },
  jwks: fault,
});

/** The key set, RFC 7517. Each one keeps the key in use: whoever remembers it must not trip over the next token. */
export const idTokenJwks: readonly FaultScenario[] = [
  jwks('unknown-key', 'The JWKS does not have the key.', { keys: ['unused', 'own'] }),
  jwks('rotated', 'The key is new, and the JWKS has it.', { keys: ['unused', 'own', 'next'] }),
  jwks('down', 'The JWKS endpoint resets the connection.', { answer: 'reset' }),
  jwks('503', 'The JWKS endpoint answers 503.', { answer: { status: 503 } }),
  jwks('web-page', 'The JWKS is a web page.', {
    answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Sign in</h1>' },
  }),
  jwks('no-key-set', 'The JWKS is JSON, and no key set.', {
    answer: { status: 200, body: '{"keys":"none"}' },
  }),
  jwks('500-keys', 'The JWKS has 500 keys, and the right one is not among them.', {
    keys: ['unused', 'own', 'strangers'],
  }),
  jwks('wrong-key-type', 'The key of that kid is elliptic, and the token says RS256.', {
    keys: ['own', 'elliptic-under-kid-of-next'],
  }),
  jwks('redirect', 'The JWKS endpoint redirects.', {
    answer: { status: 302, headers: { location: 'https://app.relying-party.test/jwks' } },
  }),
];
