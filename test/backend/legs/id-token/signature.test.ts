import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { Run } from '#protocol/run.ts';
import { legOf } from '#protocol/run-reading.ts';
import { judgeSignature } from '../../../../backend/legs/id-token/signature.ts';
import { readIdToken } from '../../../../backend/legs/id-token/structure.ts';
import { createJwks } from '../../../../backend/upstream/jwks.ts';
import { createUpstream, type Upstream } from '../../../../backend/upstream/send.ts';
import { createIssuer, type Issuer, unsigned } from '../../../support/issuer.ts';
import { ACCESS_TOKEN, claimsFor, type LegBench, openLegBench } from '../../../support/leg-bench.ts';
import { answering, type Script } from '../../../support/scripted-operator.ts';

let bench: LegBench;
let stranger: Issuer;
let second: Issuer;
let elliptic: Issuer;
beforeAll(async () => {
  [bench, stranger, second, elliptic] = await Promise.all([
    openLegBench(),
    createIssuer('key-1'),
    createIssuer('key-2'),
    createIssuer('key-1', 'ES256'),
  ]);
});
afterAll(() => bench.close());

const signatureOf = (run: Run) => legOf(run, 'token').checks.find(({ name }) => name === 'signature');
const fetches = () => bench.operator.asked('/jwks').length;
const calls = () => bench.operator.asked('/premiuminfo').length;

/** Plays a run whose id_token is signed by `issuer`, under a header that may differ. */
function playSigned(issuer: Issuer, jwks: Script, header: object = {}): Promise<Run> {
  const token: Script = async (asked, response) => {
    // The signature is judged whatever the nonce says, which this operator does not know.
    const id_token = await issuer.sign(claimsFor({ nonce: 'unknown' }), header);
    return answering(200, { access_token: ACCESS_TOKEN, token_type: 'Bearer', id_token })(asked, response);
  };
  return bench.play({ token, jwks, profile: { idToken: 'required' } });
}

describe('the signature (OIDC Core 3.1.3.7 (6))', () => {
  const garbage = { ...jwkOf(), kid: 'key-9' };
  test.each<[string, () => [Issuer, Script, object?], 'passed' | FailureCode]>([
    ['passes with the operator’s key', () => [bench.issuer, keys(bench.issuer)], 'passed'],
    [
      'passes without kid where there is one key',
      () => [bench.issuer, keys(bench.issuer), { kid: undefined }],
      'passed',
    ],
    [
      'passes without kid where one of two keys verifies',
      () => [bench.issuer, keys(second, bench.issuer), { kid: undefined }],
      'passed',
    ],
    [
      'fails without kid where neither of two keys verifies',
      () => [stranger, keys(second, bench.issuer), { kid: undefined }],
      'idtoken.key_not_found',
    ],
    ['fails by the key of a stranger', () => [stranger, keys(bench.issuer)], 'idtoken.signature_invalid'],
    ['fails where no key has that kid', () => [second, keys(bench.issuer)], 'idtoken.key_not_found'],
    ['fails where the key is of another type', () => [bench.issuer, keys(elliptic)], 'idtoken.key_not_found'],
    ['fails where there are no keys', () => [bench.issuer, keys()], 'idtoken.key_not_found'],
    ['fails where the JWKS is down', () => [bench.issuer, answering(503, '')], 'idtoken.jwks_unread'],
    [
      'fails where the JWKS is a web page',
      () => [bench.issuer, answering(200, '<h1>Keys</h1>')],
      'idtoken.jwks_unread',
    ],
    [
      'fails where the JWKS holds what is no key (RFC 7517 §5)',
      () => [bench.issuer, answering(200, { keys: ['key-1', bench.issuer.jwk] })],
      'idtoken.jwks_unread',
    ],
    [
      'fails where the JWKS redirects',
      () => [bench.issuer, answering(302, '', { location: '/keys' })],
      'idtoken.jwks_unread',
    ],
    [
      'fails where the JWKS is reset',
      () => [bench.issuer, (_asked, { socket }) => void socket?.destroy()],
      'idtoken.jwks_unread',
    ],
    [
      'passes among 500 keys',
      () => [bench.issuer, answering(200, { keys: [...Array(500).fill(garbage), bench.issuer.jwk] })],
      'passed',
    ],
  ])('%s', async (_name, setup, expected) => {
    const run = await playSigned(...setup());
    const check = signatureOf(run);
    if (expected === 'passed') {
      expect(check?.result).toBe('passed');
    } else {
      expect(check?.result).toBe('failed');
      expect(run.failure?.code).toBe(expected);
    }
    expect(bench.operator.asked('/keys')).toEqual([]);
  });

  test('is not checked where the profile names no JWKS, and the record says so (PR6)', async () => {
    const before = fetches();
    const run = await bench.play({ profile: { jwksUrl: null } });
    expect(signatureOf(run)).toMatchObject({ result: 'not_checked', why: 'no_jwks_configured' });
    expect(run.verdict).toBe('match');
    expect(fetches()).toBe(before);
  });

  test.each([
    ['none', { alg: 'none' }],
    ['HS256', { alg: 'HS256', kid: 'key-1' }],
    ['an embedded jwk', { alg: 'RS256', jwk: jwkOf() }],
    ['a jku', { alg: 'RS256', jku: 'http://127.0.0.1:1/jwks' }],
  ])('%s causes no fetch at all, and premiuminfo is never asked', async (_name, header) => {
    const [keysBefore, callsBefore] = [fetches(), calls()];
    const id_token = unsigned(header, claimsFor({ nonce: 'x' }), 'AAAA');
    const run = await bench.play({ tokenBody: { id_token } });
    expect(run.failure?.code).toBe('idtoken.alg_not_allowed');
    expect([fetches(), calls()]).toEqual([keysBefore, callsBefore]);
  });
});

describe('a rotated key', () => {
  let upstream: Upstream;
  beforeAll(() => {
    upstream = createUpstream({ origins: new Set([bench.operator.origin]), privateAddresses: true });
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await upstream.close();
  });

  test('is fetched once, and no token can make us fetch more than once a minute', async () => {
    const store = createJwks(`${bench.operator.origin}/jwks`, upstream.send);
    const judgeBy = async (issuer: Issuer) => {
      const { idToken } = readIdToken(await issuer.sign(claimsFor({ nonce: 'x' })));
      if (!idToken) throw new Error('not a token');
      return (await judgeSignature(idToken, store)).check.result;
    };
    const before = fetches();
    bench.operator.on('/jwks', keys(bench.issuer));
    expect(await judgeBy(bench.issuer)).toBe('passed');
    expect(await judgeBy(bench.issuer)).toBe('passed');
    expect(fetches()).toBe(before + 1);

    bench.operator.on('/jwks', keys(second));
    expect(await judgeBy(second)).toBe('failed');
    expect(fetches()).toBe(before + 1);

    vi.setSystemTime(Date.now() + 61_000);
    expect(await judgeBy(second)).toBe('passed');
    expect(await judgeBy(second)).toBe('passed');
    expect(fetches()).toBe(before + 2);
  });
});

function keys(...issuers: Issuer[]): Script {
  return answering(200, { keys: issuers.map(({ jwk }) => jwk) });
}

function jwkOf() {
  return { kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: 'key-1', alg: 'RS256', use: 'sig' };
}
