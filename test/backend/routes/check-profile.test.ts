import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ApiError } from '#protocol/backend-api.ts';
import type { Profile } from '#protocol/profile.ts';
import { type ProfileCheckLine, ProfileCheckReply } from '#protocol/profile-check.ts';

import type { ServerProfile } from '../../../backend/legs/provider.ts';
import type { RunStore } from '../../../backend/store/run-store.ts';
import { STRAIGHT_OUT } from '../../../backend/upstream/outbound.ts';
import { type Bench, call, OPERATOR_CLIENT, startBench } from '../../support/bench.ts';
import { profileAt, REDIRECT_URI } from '../../support/fixtures.ts';
import {
  answering,
  raw,
  type Script,
  type ScriptedOperator,
  startScriptedOperator,
} from '../../support/scripted-operator.ts';

const SECRET = 'canary-client-secret-of-the-check';

/** A check stores nothing: whatever it asks of a store is a fault. */
const untouchable = new Proxy({ close: async () => undefined } as unknown as RunStore, {
  get(target, name) {
    if (name === 'close') return target.close;
    throw new Error(`A profile check has no business with store.${String(name)}`);
  },
});

/** A network that is left through a proxy. */
const behind = (proxy: string) => ({ ...STRAIGHT_OUT, proxy: { url: new URL(proxy), except: [] } });

let bench: Bench;
let scripted: ScriptedOperator;
let other: ScriptedOperator;
let now = 0;
beforeAll(async () => {
  scripted = await startScriptedOperator();
  other = await startScriptedOperator();
  const gone = await startScriptedOperator();
  await gone.close();
  const at = (id: string, origin: string, change: Partial<Profile> = {}): ServerProfile => ({
    profile: profileAt(origin, { id, ...change }),
    clientSecret: SECRET,
    privateAddresses: true,
  });
  bench = await startBench({
    store: untouchable,
    profiles: [
      at('scripted', scripted.origin),
      { ...at('impatient', scripted.origin), deadlineMs: 300 },
      at('gone', gone.origin),
      { ...at('inside', scripted.origin), privateAddresses: false },
      { ...at('behind-a-proxy', 'https://api.operator.invalid'), outbound: behind(gone.origin) },
      at('nameless', 'https://api.operator.invalid'),
      at('two-origins', scripted.origin, { authorizeUrl: `${other.origin}/authorize` }),
      at('without-jwks', scripted.origin, { jwksUrl: null }),
    ],
    variants: (simulated) => {
      const variant = (id: string, change: Partial<Profile>, clientSecret = simulated.clientSecret) => ({
        ...simulated,
        clientSecret,
        profile: { ...simulated.profile, id, ...change },
      });
      const { authorizeUrl, tokenUrl, scope } = simulated.profile;
      const short = (url: string) => url.replace('/mobileconnect', '');
      return [
        variant('other-redirect-uri', { redirectUri: 'https://app.example/other' }),
        variant('wrong-secret', {}, 'not-the-secret'),
        variant('wrong-client', { clientId: 'nobody' }),
        variant('short-path', { authorizeUrl: short(authorizeUrl), tokenUrl: short(tokenUrl) }),
        variant('other-product', { scope: `${scope} mc_authn` }),
        variant('wrong-version', { version: 'mc_v1.1' }),
        variant('no-keys-there', { jwksUrl: tokenUrl.replace('token', 'nothing') }),
      ];
    },
    now: () => now,
  });
});
afterAll(async () => {
  await bench.close();
  await scripted.close();
  await other.close();
});

const press = (id: string) => call(bench, 'POST', `/v1/profiles/${id}/check`);

/** Checks a profile; whenever it was checked last is long ago. */
async function check(id: string): Promise<Record<ProfileCheckLine['name'], ProfileCheckLine>> {
  now += 60_000;
  const response = await press(id);
  expect(response.status).toBe(200);
  const { profileId, lines } = ProfileCheckReply.parse(await response.json());
  expect(profileId).toBe(id);
  expect(lines.map(({ name }) => name)).toEqual(['authorize', 'token', 'jwks']);
  const [authorize, token, jwks] = lines as [ProfileCheckLine, ProfileCheckLine, ProfileCheckLine];
  return { authorize, token, jwks };
}

const passed = (seen: string) => ({
  result: 'passed',
  seen,
  why: null,
  failure: null,
  owner: null,
  cure: null,
  durationMs: expect.any(Number),
});
const brief = ({ result, seen, failure, owner, cure }: ProfileCheckLine) => [
  result,
  seen,
  failure,
  owner,
  cure,
];

describe('the simulated operator', () => {
  test('passes all three, and nobody asks redirect_uri (PR1)', async () => {
    const lines = await check('simulated');
    expect(lines).toEqual({
      authorize: { name: 'authorize', ...passed('302 to discovery.operator.test') },
      token: { name: 'token', ...passed('400 invalid_grant: The code is invalid') },
      jwks: { name: 'jwks', ...passed('2 keys') },
    });
    expect(bench.operator.counters.redirectUri).toBe(0);
  });

  test('is asked for one hop and one token, and no more', async () => {
    const before = { ...bench.operator.counters };
    await check('simulated');
    const { hops, token, jwks, premiuminfo } = bench.operator.counters;
    expect([hops - before.hops, token - before.token, jwks - before.jwks]).toEqual([1, 1, 1]);
    expect(premiuminfo).toBe(before.premiuminfo);
  });
});

describe('a profile that is wrong in one place says in which', () => {
  test('redirect_uri (A24)', async () => {
    const { authorize, token, jwks } = await check('other-redirect-uri');
    expect(brief(authorize)).toEqual([
      'failed',
      '400 invalid_request: redirect_uri is invalid',
      'authorize.invalid_request',
      'client_setup',
      'register_redirect_uri',
    ]);
    expect([token.result, jwks.result]).toEqual(['passed', 'passed']);
  });

  test('the client secret (TK2)', async () => {
    const { authorize, token, jwks } = await check('wrong-secret');
    expect(brief(token)).toEqual([
      'failed',
      '401 invalid_client: Client authentication failed',
      'token.invalid_client',
      'client_setup',
      'check_credentials',
    ]);
    expect([authorize.result, jwks.result]).toEqual(['passed', 'passed']);
  });

  test('the client id', async () => {
    const { authorize, token } = await check('wrong-client');
    expect([authorize.result, authorize.cure]).toEqual(['failed', 'ask_to_enable_client']);
    expect([token.result, token.cure]).toEqual(['failed', 'check_credentials']);
  });

  test('the path, where /mobileconnect was left out', async () => {
    const { authorize, token, jwks } = await check('short-path');
    expect(brief(authorize)).toEqual([
      'failed',
      '404',
      'authorize.unexpected_status',
      'client_setup',
      'add_mobileconnect',
    ]);
    expect(brief(token)).toEqual([
      'failed',
      '404',
      'token.operator_error',
      'client_setup',
      'add_mobileconnect',
    ]);
    expect(jwks.result).toBe('passed');
  });

  test('the product, refused at redirect_uri (A25)', async () => {
    const { authorize } = await check('other-product');
    expect(brief(authorize)).toEqual([
      'failed',
      '302 unauthorized_client: The client is not allowed to make MC service requests',
      'authorize.unauthorized_client',
      'client_setup',
      'ask_to_enable_client',
    ]);
  });

  test('a parameter, refused at redirect_uri (A25)', async () => {
    const { authorize } = await check('wrong-version');
    expect(brief(authorize)).toEqual([
      'failed',
      '302 invalid_request: MANDATORY parameter version is missing / invalid.',
      'authorize.invalid_request',
      'client_setup',
      'check_parameters',
    ]);
  });

  test('the address of the keys', async () => {
    const { authorize, token, jwks } = await check('no-keys-there');
    expect(brief(jwks)).toEqual([
      'failed',
      expect.stringMatching(/^404 application\/json/),
      'idtoken.jwks_unread',
      'client_setup',
      'check_jwks_url',
    ]);
    expect([authorize.result, token.result]).toEqual(['passed', 'passed']);
  });

  test('no address of keys at all is not checked, and says why (PR6)', async () => {
    const { jwks } = await check('without-jwks');
    expect(jwks).toMatchObject({ result: 'not_checked', why: 'no_jwks_configured', durationMs: null });
  });
});

describe('a host that cannot be talked to is named as the runtime names it', () => {
  const faults: [string, string, RegExp][] = [
    ['gone', 'connect', /^ECONNREFUSED$/],
    ['nameless', 'dns', /^(ENOTFOUND|EAI_AGAIN)$/],
  ];
  test.each(faults)('%s (A33, A34, TK18)', async (id, fault, seen) => {
    const { authorize, token, jwks } = await check(id);
    const failed = { result: 'failed', seen: expect.stringMatching(seen), owner: 'backend' };
    expect(authorize).toMatchObject({ ...failed, failure: `authorize.${fault}`, cure: 'check_api_host' });
    expect(token).toMatchObject({ ...failed, failure: `token.${fault}`, cure: 'check_api_host' });
    expect(jwks).toMatchObject({ ...failed, failure: 'idtoken.jwks_unread', cure: 'check_jwks_url' });
  });

  test('a host inside this network is not asked, and the profile has to say so or be corrected (B23)', async () => {
    const asked = () => ['/authorize', '/token', '/jwks'].flatMap((path) => scripted.asked(path)).length;
    const before = asked();
    const { authorize, token, jwks } = await check('inside');
    const blamed = ['client_setup', 'check_private_address'];
    const failed = (failure: string) => ['failed', 'ADDRESS_THIS_MACHINE', failure, ...blamed];
    expect(brief(authorize)).toEqual(failed('authorize.address_forbidden'));
    expect(brief(token)).toEqual(failed('token.address_forbidden'));
    expect(brief(jwks)).toEqual(failed('idtoken.address_forbidden'));
    expect(asked()).toBe(before);
  });

  test('a proxy of this network that is in the way is the backend’s to mend', async () => {
    const { authorize, token, jwks } = await check('behind-a-proxy');
    for (const line of [authorize, token, jwks])
      expect([line.seen, line.owner, line.cure]).toEqual(['PROXY_ECONNREFUSED', 'backend', 'check_proxy']);
  });

  test('a host that never answers is given up at the deadline, in all three', async () => {
    const hang: Script = () => undefined;
    for (const path of ['/authorize', '/token', '/jwks']) scripted.on(path, hang);
    const { authorize, token, jwks } = await check('impatient');
    expect([authorize.failure, token.failure, jwks.failure]).toEqual([
      'authorize.timeout_hop',
      'token.timeout',
      'idtoken.jwks_unread',
    ]);
  });

  test('none of the three waits for another', async () => {
    let here = 0;
    const { promise: allHere, resolve } = Promise.withResolvers<void>();
    const meeting: Script = async (_asked, response) => {
      here += 1;
      if (here === 3) resolve();
      await allHere;
      response.writeHead(503).end();
    };
    for (const path of ['/authorize', '/token', '/jwks']) scripted.on(path, meeting);
    const { authorize, token, jwks } = await check('scripted');
    expect([authorize.seen, token.seen, jwks.seen]).toEqual(['503', '503', '503']);
    expect([authorize.cure, token.cure]).toEqual(['wait_and_retry', 'wait_and_retry']);
    expect([authorize.owner, token.owner, token.failure]).toEqual([
      'operator',
      'operator',
      'token.unavailable',
    ]);
  });
});

const to = (location: string, status = 302): Script => answering(status, '', { location });

describe('the first answer to an authorize request', () => {
  const refused = (error: string, words: string) =>
    to(`${REDIRECT_URI}?${new URLSearchParams({ error, error_description: words })}`);
  const answers: [string, Script, unknown[]][] = [
    [
      'a redirect onwards',
      to('https://id.operator.example/next?a=1', 307),
      ['passed', '307 to id.operator.example', null, null, null],
    ],
    [
      'an error parameter on the way to somewhere else',
      to('https://id.operator.example/?error=access_denied'),
      ['passed', '302 to id.operator.example', null, null, null],
    ],
    [
      'a relative redirect',
      to('/next'),
      ['passed', expect.stringMatching(/^302 to 127\.0\.0\.1:\d+$/), null, null, null],
    ],
    [
      'a code at once',
      to(`${REDIRECT_URI}?code=abc&state=x`),
      ['passed', '302 to app.example', null, null, null],
    ],
    [
      'no subscriber on this line, which is true',
      refused('access_denied', 'User is not recognized'),
      [
        'warned',
        '302 access_denied: User is not recognized',
        'authorize.access_denied',
        'network',
        'use_mobile_data',
      ],
    ],
    [
      'an admitted fault',
      refused('server_error', 'Internal Server Error'),
      [
        'failed',
        '302 server_error: Internal Server Error',
        'authorize.server_error',
        'operator',
        expect.any(String),
      ],
    ],
    [
      'a redirect without Location',
      answering(302, ''),
      ['failed', '302, 0 × Location', 'authorize.missing_location', 'operator', expect.any(String)],
    ],
    [
      'a Location that is none',
      to('http://'),
      ['failed', '302, 1 × Location', 'authorize.bad_location', 'operator', expect.any(String)],
    ],
    [
      'two Locations',
      raw('HTTP/1.1 302 Found\r\nlocation: /a\r\nlocation: /b\r\ncontent-length: 0\r\n\r\n'),
      ['failed', '302, 2 × Location', 'authorize.multiple_location', 'operator', expect.any(String)],
    ],
    [
      'a page',
      answering(200, '<h1>Hello</h1>'),
      ['warned', '200 text/html', 'authorize.html_page', 'operator', 'report_page'],
    ],
    ['429', answering(429, ''), ['warned', '429', 'authorize.rate_limited', 'operator', 'wait_and_retry']],
    [
      '403 without a word',
      answering(403, ''),
      ['failed', '403 text/html', 'authorize.unexpected_status', 'client_setup', 'check_parameters'],
    ],
  ];
  test.each(answers)('%s', async (_what, script, expected) => {
    scripted.on('/authorize', script);
    expect(brief((await check('scripted')).authorize)).toEqual(expected);
  });
});

test('an authorize endpoint on an origin of its own is asked there', async () => {
  other.on('/authorize', to('https://id.operator.example/next'));
  expect((await check('two-origins')).authorize.seen).toBe('302 to id.operator.example');
  expect(other.asked('/authorize')).toHaveLength(1);
});

describe('the answer to a code that is none', () => {
  const error = (status: number, word: string) => answering(status, { error: word });
  const setup = 'client_setup';
  const answers: [string, Script, unknown[]][] = [
    [
      'invalid_grant is the good one',
      error(400, 'invalid_grant'),
      ['passed', '400 invalid_grant', null, null, null],
    ],
    [
      '401 with other words',
      error(401, 'denied'),
      ['failed', '401 denied', 'token.invalid_client', setup, 'check_credentials'],
    ],
    [
      'unauthorized_client',
      error(400, 'unauthorized_client'),
      ['failed', '400 unauthorized_client', 'token.unauthorized_client', setup, 'ask_to_enable_client'],
    ],
    [
      'unsupported_grant_type',
      error(400, 'unsupported_grant_type'),
      ['failed', '400 unsupported_grant_type', 'token.unsupported_grant_type', setup, 'check_parameters'],
    ],
    [
      'invalid_request may be about the code',
      error(400, 'invalid_request'),
      ['warned', '400 invalid_request', 'token.invalid_request', setup, 'check_parameters'],
    ],
    ['429', answering(429, {}), ['warned', '429', 'token.rate_limited', 'operator', 'wait_and_retry']],
    [
      'a page',
      answering(200, '<h1>Hello</h1>'),
      ['failed', '200', 'token.not_json', setup, 'check_api_host'],
    ],
    ['a redirect', to('/elsewhere'), ['failed', '302', 'token.redirect_refused', setup, 'check_api_host']],
    [
      '404 below /mobileconnect or not',
      answering(404, ''),
      ['failed', '404', 'token.operator_error', setup, 'add_mobileconnect'],
    ],
    [
      'tokens for nothing',
      answering(200, { access_token: 'a', token_type: 'Bearer' }),
      ['warned', '200, tokens for a code that is none', 'token.not_conformant', 'operator', 'report_check'],
    ],
  ];
  test.each(answers)('%s', async (_what, script, expected) => {
    scripted.on('/token', script);
    expect(brief((await check('scripted')).token)).toEqual(expected);
  });
});

describe('the keys', () => {
  const failed = (seen: string) => [
    'failed',
    seen,
    seen.startsWith('0 of') ? 'idtoken.key_not_found' : 'idtoken.jwks_unread',
    'client_setup',
    'check_jwks_url',
  ];
  test('that an id_token could be checked with are counted, and no others', async () => {
    const keyOf = async (alg: string, options = {}) =>
      exportJWK((await generateKeyPair(alg, { extractable: true, ...options })).publicKey);
    const [rsa, ec, large, edwards] = await Promise.all([
      keyOf('RS256'),
      keyOf('ES256'),
      keyOf('ES384'),
      keyOf('EdDSA'),
    ]);
    const unfit = [
      { ...rsa, use: 'enc' },
      { ...rsa, alg: 'RS512' },
      { ...rsa, key_ops: ['encrypt'] },
      { ...rsa, n: 'AQAB' },
      { kty: 'RSA' },
      { kty: 'oct', k: 'c2VjcmV0' },
      large,
      edwards,
      null,
      'key',
    ];
    scripted.on('/jwks', answering(200, { keys: unfit }));
    expect(brief((await check('scripted')).jwks)).toEqual(failed('0 of 10 keys can check a signature'));
    scripted.on('/jwks', answering(200, { keys: [...unfit, { ...rsa, use: 'sig', alg: 'PS256' }] }));
    expect((await check('scripted')).jwks).toMatchObject(passed('1 key'));
    scripted.on('/jwks', answering(200, { keys: [rsa, { ...ec, alg: 'ES256' }, ...unfit] }));
    expect((await check('scripted')).jwks).toMatchObject(passed('2 keys'));
  });

  const wrong: [string, Script, string][] = [
    ['a page', answering(200, '<h1>Hello</h1>'), '200 text/html'],
    ['no list', answering(200, { keys: 'none' }), '200 application/json'],
    ['a list of none', answering(200, { keys: [] }), '0 of 0 keys can check a signature'],
    ['a redirect, which is not followed', to('/other'), '302 text/html'],
  ];
  test.each(wrong)('%s is no set of keys', async (_what, script, seen) => {
    scripted.on('/jwks', script);
    expect(brief((await check('scripted')).jwks)).toEqual(failed(seen));
  });
});

describe('one check of a profile at a time', () => {
  const limited = async (response: Response) => {
    const { code, message } = ApiError.parse(await response.json()).error;
    return [response.status, code, response.headers.get('retry-after'), message];
  };

  test('two at once: one is refused with what to wait', async () => {
    now += 60_000;
    const both = await Promise.all([press('simulated'), press('simulated')]);
    const [one, other] = both.toSorted((a, b) => a.status - b.status) as [Response, Response];
    expect(one.status).toBe(200);
    const sentence = 'This profile is being checked, or was a moment ago. Try again in 5 s.';
    expect(await limited(other)).toEqual([429, 'api.rate_limited', '5', sentence]);
  });

  test('and not more than one in five seconds, each profile for itself', async () => {
    await check('simulated');
    now += 4001;
    expect((await limited(await press('simulated'))).slice(0, 3)).toEqual([429, 'api.rate_limited', '1']);
    expect((await press('wrong-secret')).status).toBe(200);
    now += 999;
    expect((await press('simulated')).status).toBe(200);
  });

  test('one that takes longer than that is waited for', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let asked = false;
    scripted.on('/authorize', async (_asked, response) => {
      asked = true;
      await released;
      response.writeHead(503).end();
    });
    now += 60_000;
    const first = press('scripted');
    await expect.poll(() => asked).toBe(true);
    now += 60_000;
    expect((await limited(await press('scripted'))).slice(0, 3)).toEqual([429, 'api.rate_limited', '1']);
    release();
    expect((await first).status).toBe(200);
  });

  test('a profile that is not there cannot be checked', async () => {
    const response = await press('nobody');
    expect([response.status, ApiError.parse(await response.json()).error.code]).toEqual([
      404,
      'api.unknown_profile',
    ]);
  });
});

test('neither reply nor log has the secret, the code, state or nonce, whatever the operator quotes (PR2, PR3)', async () => {
  const sent: string[] = [];
  const echo: Script = (asked, response) => {
    const values = [...asked.query.values(), ...new URLSearchParams(asked.body).values()].filter(
      (value) => value.length >= 32 && !value.startsWith('http'),
    );
    const credentials = asked.headers.authorization?.split(' ')[1];
    const own = [...values, SECRET, ...(credentials ? [credentials] : [])];
    sent.push(...own.filter((one) => one !== asked.query.get('correlation_id')));
    const words = { error: 'invalid_request', error_description: own.join(', ') };
    return answering(400, words, { 'content-type': `application/json; note="${own.join(' ')}"` })(
      asked,
      response,
    );
  };
  scripted.on('/authorize', echo);
  scripted.on('/token', echo);
  scripted.on('/jwks', echo);
  now += 60_000;
  const reply = await (await press('scripted')).text();
  expect(reply).toContain('invalid_request: ');
  const correlation = scripted.asked('/authorize').at(-1)?.query.get('correlation_id') ?? '';
  const secrets = [...new Set([...sent, OPERATOR_CLIENT.secret])].filter((one) => one !== correlation);
  // state, nonce, code challenge, code, verifier, Basic credentials and the secrets were there to be quoted.
  expect(secrets.length).toBeGreaterThanOrEqual(8);
  const log = bench.log.join('');
  expect(secrets.filter((one) => reply.includes(one) || log.includes(one))).toEqual([]);
});
