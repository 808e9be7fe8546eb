/** Where the certified library has an opinion, ours is the same or stricter; every exception is written down here. */
import fc from 'fast-check';
import * as oauth from 'oauth4webapi';
import { describe, expect, test } from 'vitest';

import { createPseudonyms } from '#protocol/pseudonyms.ts';

import { judgeCallback } from '../../../backend/legs/callback/judge-callback.ts';
import { deriveValues } from '../../../backend/legs/derived-values.ts';
import { judgeIdToken } from '../../../backend/legs/id-token/judge-id-token.ts';
import { firstFailure } from '../../../backend/legs/judged.ts';
import { judgeTokenAnswer } from '../../../backend/legs/token/judge-token-answer.ts';
import { profileAt, REDIRECT_URI } from '../../support/fixtures.ts';
import { issuer, NONCE } from '../../support/id-token-judge.ts';
import { ACCESS_TOKEN, claimsFor } from '../../support/leg-bench.ts';

const profile = profileAt('https://api.example', { jwksUrl: null });
const values = deriveValues(Buffer.alloc(32, 1), 'run-1');
const server: oauth.AuthorizationServer = { issuer: 'mobileconnect/issuer' };
const client: oauth.Client = { client_id: 'client-1' };

/** One of these values for a member; `undefined` leaves it out. */
const anyOf = <T>(...options: T[]) => fc.constantFrom<T | undefined>(undefined, ...options);
const present = (members: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

describe('callbacks', () => {
  type Parameters = Record<string, string | string[]>;
  const query = (parameters: Parameters) => {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters))
      for (const one of [value].flat()) search.append(name, one);
    return search;
  };
  const ours = (parameters: Parameters) =>
    judgeCallback(`${REDIRECT_URI}?${query(parameters)}`, profile, values, createPseudonyms()).failure ===
    null;
  const theirs = (parameters: Parameters) => {
    try {
      oauth.validateAuthResponse(server, client, query(parameters), values.state);
      return true;
    } catch {
      return false;
    }
  };
  const callback = fc
    .record({
      code: anyOf<string | string[]>('SplxlOBeZQQ', '', ['a', 'b']),
      state: anyOf<string | string[]>(values.state, '', 'x', values.state.toUpperCase(), [values.state, 'x']),
      iss: anyOf<string | string[]>('mobileconnect/issuer', 'https://evil.example', '', ['a', 'b']),
      error: anyOf<string | string[]>('access_denied', '', ['a', 'b']),
      response: anyOf('eyJhbGciOiJSUzI1NiJ9.e30.x'),
      extra: anyOf('x'),
    })
    .map((parameters) => present(parameters) as Parameters);

  test('what ours accepts, it accepts; what it rejects, ours rejects', () => {
    const property = fc.property(callback, (parameters) => {
      if (ours(parameters)) expect(theirs(parameters)).toBe(true);
    });
    fc.assert(property, { numRuns: 1000 });
  });

  test('a healthy one is accepted by both', () => {
    const healthy = { code: 'x', state: values.state, iss: 'mobileconnect/issuer' };
    expect([ours(healthy), theirs(healthy)]).toEqual([true, true]);
  });

  test('exception: tokens of other flows beside the code are unknown parameters to us (RFC 6749 §4.1.2)', () => {
    const mixed = { code: 'x', state: values.state, id_token: 'x' };
    expect([ours(mixed), theirs(mixed)]).toEqual([true, false]);
  });
});

describe('token answers', () => {
  interface Answer {
    body: object;
    claims: object | null;
  }
  const now = Math.floor(Date.now() / 1000);
  const healthyBody = { access_token: ACCESS_TOKEN, token_type: 'Bearer', expires_in: 300 };

  const withIdToken = async ({ body, claims }: Answer) =>
    JSON.stringify({ ...body, ...(claims ? { id_token: await issuer.sign(claims) } : {}) });

  async function ours(answer: Answer): Promise<boolean> {
    const pseudonyms = createPseudonyms();
    const body = await withIdToken(answer);
    const headers: [string, string][] = [['content-type', 'application/json']];
    const answered = { kind: 'answered' as const, status: 200, headers, body, durationMs: 1 };
    const { tokens } = judgeTokenAnswer(answered, profile, 'correlation', pseudonyms);
    if (!tokens) return false;
    const expected = {
      profile,
      nonce: NONCE,
      accessToken: tokens.accessToken,
      now,
      openedAt: now,
      pseudonyms,
    };
    return firstFailure((await judgeIdToken(tokens.idToken, null, expected)).judged) === null;
  }

  async function theirs(answer: Answer): Promise<boolean> {
    const headers = { 'content-type': 'application/json' };
    const response = new Response(await withIdToken(answer), { headers });
    const options = { expectedNonce: NONCE, requireIdToken: true };
    return oauth.processAuthorizationCodeResponse(server, client, response, options).then(
      () => true,
      () => false,
    );
  }

  const healthyClaims = claimsFor({ nonce: NONCE });
  const CLAIMS = {
    iss: anyOf<unknown>('mobileconnect/issuer', 'https://evil.example', 7),
    sub: anyOf<unknown>('subject', '', 7),
    aud: anyOf<unknown>('client-1', ['client-1'], ['client-1', 'client-2'], 'client-2', []),
    azp: anyOf<unknown>('client-1', 'client-2'),
    exp: anyOf<unknown>(now + 300, now - 300, String(now)),
    iat: anyOf<unknown>(now, String(now)),
    nbf: anyOf<unknown>(now, now + 300, 'x'),
    nonce: anyOf<unknown>(NONCE, 'x', 7),
    acr: anyOf<unknown>('2'),
    auth_time: anyOf<unknown>(now),
  };
  const BODY = {
    access_token: anyOf<unknown>(ACCESS_TOKEN, '', 7),
    token_type: anyOf<unknown>('Bearer', 'bEARER', 'MAC', 7),
    expires_in: anyOf<unknown>(300, '300', -1, 'soon'),
    scope: anyOf<unknown>('openid', 'openid mc_vm_match_hash'),
    refresh_token: anyOf<unknown>('r'),
  };
  /** The healthy one, one with a single member changed, or one with all of them. */
  const around = (healthy: object, members: Record<string, fc.Arbitrary<unknown>>) =>
    fc.oneof(
      fc.constant({ ...healthy }),
      fc.record(members),
      ...Object.entries(members).map(([name, values]) =>
        values.map((value) => ({ ...healthy, [name]: value })),
      ),
    );
  const changedClaims = fc.option(around(healthyClaims, CLAIMS), { freq: 20 });
  const changedBody = around(healthyBody, BODY);

  test('what ours accepts, it accepts; what it rejects, ours rejects', async () => {
    let accepted = 0;
    const property = fc.asyncProperty(changedBody, changedClaims, async (someBody, someClaims) => {
      const answer: Answer = { body: someBody, claims: someClaims };
      if (!(await ours(answer))) return;
      accepted += 1;
      expect(await theirs(answer)).toBe(true);
    });
    await fc.assert(property, { numRuns: 400 });
    expect(accepted).toBeGreaterThan(20);
  });

  test('exceptions: real operators are laxer, and an inspector shows it with a warning', async () => {
    const both = async (answer: Answer) => [await ours(answer), await theirs(answer)];
    // Two clocks may differ by a minute; the library takes half of one.
    expect(await both({ body: healthyBody, claims: { ...healthyClaims, exp: now - 45 } })).toEqual([
      true,
      false,
    ]);
    // Our own id twice is one audience (seen at a real operator); with azp, the library agrees.
    const twice = { ...healthyClaims, aud: ['client-1', 'client-1'] };
    expect(await both({ body: healthyBody, claims: twice })).toEqual([true, true]);
    expect(await both({ body: healthyBody, claims: { ...twice, azp: undefined } })).toEqual([true, false]);
  });
});
