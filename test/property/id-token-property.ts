import fc from 'fast-check';
import { createLocalJWKSet } from 'jose';

import { createPseudonyms } from '#protocol/pseudonyms.ts';

import type { judgeIdToken } from '../../backend/legs/id-token/judge-id-token.ts';
import { firstFailure, shownChecks } from '../../backend/legs/judged.ts';
import { profileAt } from '../support/fixtures.ts';
import { issuer, NONCE } from '../support/id-token-judge.ts';
import { createIssuer, halfHash } from '../support/issuer.ts';
import { ACCESS_TOKEN, claimsFor } from '../support/leg-bench.ts';
import { anyMember, anyText, mutated } from './fuzz.ts';

const profile = profileAt('https://api.example');
const stranger = await createIssuer('key-1');
const keys = createLocalJWKSet({ keys: [issuer.jwk] });
const now = Math.floor(Date.now() / 1000);

type Claims = Record<string, unknown>;
const healthy = fc.constant(claimsFor({ nonce: NONCE }) as Claims);

export const anyClaims: fc.Arbitrary<Claims> = mutated(healthy, {
  iss: fc.constantFrom('https://evil.example', 'Mobileconnect/issuer', 'mobileconnect/issuer/'),
  sub: fc.constantFrom<unknown>('', 7, null, undefined, '+447700900901'),
  aud: fc.constantFrom<unknown>(
    'client-2',
    ['client-1', 'client-2'],
    [],
    ['client-1', 'client-1'],
    'client-1 ',
    undefined,
  ),
  azp: fc.constantFrom<unknown>('client-2', '', undefined),
  exp: fc.oneof(
    fc.integer({ min: now - 7200, max: now + 7200 }),
    fc.constantFrom<unknown>('9999999999', undefined, 1e300),
  ),
  iat: fc.oneof(fc.integer({ min: now - 7200, max: now + 7200 }), fc.constantFrom<unknown>(undefined, '1')),
  nbf: fc.integer({ min: now - 7200, max: now + 7200 }),
  nonce: fc.constantFrom<unknown>(
    'another-nonce-of-another-run',
    '',
    undefined,
    NONCE.toUpperCase(),
    [NONCE],
    `${NONCE} `,
  ),
  at_hash: fc.constantFrom<unknown>(
    halfHash('another token'),
    '',
    undefined,
    7,
    `${halfHash(ACCESS_TOKEN)}=`,
  ),
  acr: anyMember,
  amr: anyMember,
});

const anyHeader = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<object>(
      { kid: 'other' },
      { typ: 'at+jwt' },
      { jku: 'https://evil.example' },
      { jwk: stranger.jwk },
    ),
  },
);

interface Made {
  raw: string;
  claims: Claims | null;
  /** Signed by the operator, and as the operator signed it. */
  genuine: boolean;
}

const signed: fc.Arbitrary<() => Promise<Made>> = fc
  .record({ claims: anyClaims, header: anyHeader, by: fc.constantFrom(issuer, issuer, issuer, stranger) })
  .map(({ claims, header, by }) => async () => ({
    raw: await by.sign(claims, header),
    claims: JSON.parse(JSON.stringify(claims)),
    genuine: by === issuer && Object.keys(header).every((name) => name === 'typ'),
  }));

/** A healthy token with one bit of it turned, whichever part it falls into. */
const turned: fc.Arbitrary<() => Promise<Made>> = fc
  .record({ at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), bit: fc.nat({ max: 6 }) })
  .map(({ at, bit }) => async () => {
    const whole = await issuer.sign(claimsFor({ nonce: NONCE }));
    const bytes = Buffer.from(whole);
    const place = Math.floor(at * bytes.length);
    bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
    const raw = bytes.toString('latin1');
    const same = (text: string) =>
      text.split('.').map((part, n) => (n < 2 ? part : Buffer.from(part, 'base64url').toString('hex')));
    // The last character of a signature has bits that stand for nothing.
    const genuine = JSON.stringify(same(raw)) === JSON.stringify(same(whole));
    return { raw, claims: claimsFor({ nonce: NONCE }) as Claims, genuine };
  });

const nonsense: fc.Arbitrary<() => Promise<Made>> = fc
  .oneof(
    anyText,
    fc.array(fc.base64String({ maxLength: 40 }), { maxLength: 6 }).map((parts) => parts.join('.')),
  )
  .map((raw) => async () => ({ raw, claims: null, genuine: false }));

const anyIdToken = fc.oneof({ weight: 6, arbitrary: signed }, { weight: 3, arbitrary: turned }, nonsense);

/** What binds an id_token to this run and this client, read from the claims as they were signed. */
export function claimsBind(claims: Claims | null, nonce: string, accessToken: string): boolean {
  if (!claims) return false;
  const audiences: unknown[] = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  return (
    claims.nonce === nonce &&
    claims.iss === profile.issuer &&
    audiences.length > 0 &&
    audiences.every((one) => one === profile.clientId) &&
    (claims.azp === undefined || claims.azp === profile.clientId) &&
    typeof claims.exp === 'number' &&
    claims.exp * 1000 > Date.now() - 61_000 &&
    typeof claims.sub === 'string' &&
    claims.sub !== '' &&
    (claims.at_hash === undefined || claims.at_hash === halfHash(accessToken))
  );
}

/** An id_token passes only as the operator signed it, and only if every claim binds it to this run. */
export function idTokenProperty(judge: typeof judgeIdToken): fc.IAsyncProperty<[() => Promise<Made>]> {
  return fc.asyncProperty(anyIdToken, async (make) => {
    const { raw, claims, genuine } = await make();
    const pseudonyms = createPseudonyms();
    const { judged } = await judge(raw, keys, {
      profile,
      nonce: NONCE,
      accessToken: ACCESS_TOKEN,
      now: Date.now() / 1000,
      openedAt: now,
      pseudonyms,
    });
    const failure = firstFailure(judged);
    if (failure === null && !(genuine && claimsBind(claims, NONCE, ACCESS_TOKEN))) {
      throw new Error(`passed ${JSON.stringify(claims)} ${genuine ? '' : 'forged'}`);
    }
    const untouched = JSON.stringify(claims) === JSON.stringify(claimsFor({ nonce: NONCE, ...pick(claims) }));
    if (failure !== null && genuine && untouched) throw new Error(`refused a good one: ${failure.code}`);
    const shown = JSON.stringify(shownChecks(judged, pseudonyms));
    for (const secret of [NONCE, ACCESS_TOKEN, halfHash(ACCESS_TOKEN)]) {
      if (shown.includes(secret)) throw new Error(`shows ${secret}: ${shown}`);
    }
  });
}

/** The times of a token made a moment ago are its own. */
function pick(claims: Claims | null): object {
  return { exp: claims?.exp, iat: claims?.iat };
}
