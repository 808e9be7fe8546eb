import type { FaultScenario, HealthyClaims } from '../scenario.ts';

type Change = (healthy: HealthyClaims) => Record<string, unknown>;

const claims = (name: string, about: string, change: Change): FaultScenario => ({
  name: `id-token-${name}`,
  group: 'id_token',
  about,
  idToken: { claims: change },
});
const without =
  (claim: string): Change =>
  () => ({ [claim]: undefined });

/** OIDC Core §3.1.3.7, claim by claim: what is wrong, and what only looks wrong. */
export const idTokenClaims: readonly FaultScenario[] = [
  claims('iss-differs', 'iss is another issuer.', () => ({ iss: 'https://evil.example' })),
  claims('iss-missing', 'iss is missing.', without('iss')),
  claims('iss-no-url', 'iss is no URL: it is compared as text.', () => ({ iss: 'mobileconnect/issuer' })),
  claims('aud-differs', 'aud is another client.', () => ({ aud: 'another-client' })),
  claims('aud-missing', 'aud is missing.', without('aud')),
  claims('aud-as-text', 'aud is our client id, not in an array.', ({ azp }) => ({ aud: azp })),
  claims('aud-twice', 'aud names our client id twice (seen at a real operator).', ({ azp }) => ({
    aud: [azp, azp],
  })),
  claims('aud-with-stranger', 'aud names a stranger beside us, and azp is missing.', ({ azp }) => ({
    aud: [azp, 'another-client'],
    azp: undefined,
  })),
  claims('azp-differs', 'azp is another client.', () => ({ azp: 'another-client' })),
  claims('sub-missing', 'sub is missing.', without('sub')),
  {
    name: 'id-token-sub-is-number',
    group: 'id_token',
    about: 'sub is the subscriber’s phone number, at both endpoints.',
    idToken: { claims: () => ({ sub: '447700900999' }) },
    premiuminfo: { body: { sub: '447700900999' } },
  },
  claims('nonce-missing', 'nonce is missing.', without('nonce')),
  claims('nonce-other-case', 'nonce differs only in its case.', ({ nonce }) => ({
    nonce: nonce.toUpperCase(),
  })),
  claims('at-hash-differs', 'at_hash is that of another access token.', () => ({
    at_hash: 'AAAAAAAAAAAAAAAAAAAAAA',
  })),
  claims('at-hash-missing', 'at_hash is missing.', without('at_hash')),
  claims('at-hash-number', 'at_hash is a number.', () => ({ at_hash: 7 })),
  claims('acr-lower', 'acr is less than asked for.', () => ({ acr: '1' })),
  claims('amr-password', 'amr says that a person typed a password.', () => ({ amr: ['pwd'] })),
  claims('exp-past', 'exp is ten minutes past.', ({ iat }) => ({ exp: iat - 600 })),
  claims('exp-within-leeway', 'exp is half a minute past, as clocks differ.', ({ iat }) => ({
    exp: iat - 30,
  })),
  claims('exp-missing', 'exp is missing.', without('exp')),
  claims('exp-text', 'exp is a string.', ({ exp }) => ({ exp: String(exp) })),
  claims('exp-fraction', 'exp has a fraction, as RFC 7519 §2 allows.', ({ exp }) => ({ exp: exp + 0.5 })),
  claims('exp-negative', 'exp is negative.', () => ({ exp: -1 })),
  claims('exp-milliseconds', 'exp is in milliseconds: after the year 9999.', ({ exp }) => ({
    exp: exp * 1000,
  })),
  claims('iat-missing', 'iat is missing.', without('iat')),
  claims('iat-text', 'iat is a string.', ({ iat }) => ({ iat: String(iat) })),
  claims('iat-ahead', 'iat is ten minutes ahead.', ({ iat }) => ({ iat: iat + 600 })),
  claims('iat-week-old', 'iat is a week past.', ({ iat }) => ({ iat: iat - 7 * 86_400 })),
  claims('nbf-ahead', 'nbf is ten minutes ahead.', ({ iat }) => ({ nbf: iat + 600 })),
  {
    name: 'id-token-clock-ahead',
    group: 'id_token',
    about: 'The operator’s clock is ten minutes ahead of the backend’s (TK29).',
    clockSeconds: 600,
  },
  {
    name: 'id-token-clock-behind',
    group: 'id_token',
    about: 'The operator’s clock is ten minutes behind the backend’s (TK29).',
    clockSeconds: -600,
  },
];
