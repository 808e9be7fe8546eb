import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import {
  type SimulatedOperator,
  startSimulatedOperator,
} from '../../../backend/simulator/simulated-operator.ts';
import { askPremiuminfo, type Browser, basic, codeFor, openBrowser, redeem } from './operator-client.ts';

let operator: SimulatedOperator;
let browser: Browser;
beforeAll(async () => {
  operator = await startSimulatedOperator({
    mode: 'loopback',
    client: { id: 'client-1', secret: 's3:c%r+ét' },
  });
  browser = openBrowser(operator);
});
afterAll(async () => {
  await browser.close();
  await operator.close();
});
afterEach(() => {
  vi.useRealTimers();
});

const errorOf = (answer: { status: number; body: string }) => [answer.status, JSON.parse(answer.body).error];

describe('a code', () => {
  test('brings Bearer, expires_in, id_token and correlation_id, not to be stored (RFC 6749 §5.1)', async () => {
    const { status, headers, body } = await redeem(operator, browser, await codeFor(operator, browser));
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      pragma: 'no-cache',
      'x-vig-trace-id': expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}$/),
    });
    expect(JSON.parse(body)).toEqual({
      access_token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      token_type: 'Bearer',
      expires_in: 300,
      id_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      correlation_id: '4b4c2a7e-96a1-4b67-8c43-3d9f7d1e6b33',
    });
  });

  test('is taken once; a second use takes the tokens back (RFC 6749 §4.1.2)', async () => {
    const code = await codeFor(operator, browser);
    const token = JSON.parse((await redeem(operator, browser, code)).body).access_token;
    const claim = { mc_claims: { device_msisdn_hash: '0'.repeat(64) } };
    expect((await askPremiuminfo(operator, browser, token, claim)).status).toBe(200);
    expect(errorOf(await redeem(operator, browser, code))).toEqual([400, 'invalid_grant']);
    expect((await askPremiuminfo(operator, browser, token, claim)).status).toBe(401);
  });

  test('sent twice at the same moment is taken once', async () => {
    const code = await codeFor(operator, browser);
    const answers = await Promise.all([redeem(operator, browser, code), redeem(operator, browser, code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  test('is too old after 60 seconds', async () => {
    const [fresh, stale] = [await codeFor(operator, browser), await codeFor(operator, browser)];
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 59_000);
    expect((await redeem(operator, browser, fresh)).status).toBe(200);
    vi.setSystemTime(Date.now() + 2_000);
    expect(errorOf(await redeem(operator, browser, stale))).toEqual([400, 'invalid_grant']);
  });

  test('is bound to its redirect_uri (RFC 6749 §4.1.3)', async () => {
    const code = await codeFor(operator, browser);
    const change = { redirect_uri: `${operator.redirectUri}/` };
    expect(errorOf(await redeem(operator, browser, code, change))).toEqual([400, 'invalid_grant']);
  });

  test('that was never issued is no grant', async () => {
    expect(errorOf(await redeem(operator, browser, 'invented'))).toEqual([400, 'invalid_grant']);
  });
});

describe('PKCE (RFC 7636 §4.6)', () => {
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const pkce = {
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  };

  test('takes the verifier of the published example', async () => {
    const code = await codeFor(operator, browser, pkce);
    expect((await redeem(operator, browser, code, { code_verifier: verifier })).status).toBe(200);
  });

  test.each([undefined, '', verifier.replace('d', 'e')])('refuses the verifier %j', async (code_verifier) => {
    const code = await codeFor(operator, browser, pkce);
    expect(errorOf(await redeem(operator, browser, code, { code_verifier }))).toEqual([400, 'invalid_grant']);
  });

  test('refuses a verifier that no challenge announced (RFC 9700 §4.8.2)', async () => {
    const code = await codeFor(operator, browser);
    const answer = await redeem(operator, browser, code, { code_verifier: verifier });
    expect(errorOf(answer)).toEqual([400, 'invalid_grant']);
  });
});

describe('client authentication at the token endpoint', () => {
  test('a wrong secret is 401 with a challenge, and does not spend the code (RFC 6749 §5.2)', async () => {
    const code = await codeFor(operator, browser);
    const refused = await redeem(operator, browser, code, {}, basic('client-1', 'wrong'));
    expect(errorOf(refused)).toEqual([401, 'invalid_client']);
    expect(refused.headers['www-authenticate']).toMatch(/^Basic /);
    expect((await redeem(operator, browser, code)).status).toBe(200);
  });

  test('a secret in the body beside Basic is one way too many (RFC 6749 §2.3)', async () => {
    const code = await codeFor(operator, browser);
    const answer = await redeem(operator, browser, code, { client_secret: operator.client.secret });
    expect(errorOf(answer)).toEqual([400, 'invalid_request']);
  });
});

describe('the token request (RFC 6749 §4.1.3)', () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const missing = 'Mandatory parameter grant_type is missing (or) invalid';

  test('in the query string is refused in the published words, and does not spend the code', async () => {
    const code = await codeFor(operator, browser);
    const query = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: operator.redirectUri,
    });
    const authorization = basic(operator.client.id, operator.client.secret);
    const answer = await browser.send(`${operator.tokenUrl}?${query}`, {
      method: 'POST',
      headers: { ...headers, authorization },
    });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toEqual({ error: 'invalid_request', error_description: missing });
    expect((await redeem(operator, browser, code)).status).toBe(200);
  });

  test('as JSON is refused', async () => {
    const code = await codeFor(operator, browser);
    const answer = await browser.send(operator.tokenUrl, {
      method: 'POST',
      headers: {
        authorization: basic(operator.client.id, operator.client.secret),
        'content-type': 'application/json',
      },
      body: JSON.stringify({ grant_type: 'authorization_code', code, redirect_uri: operator.redirectUri }),
    });
    expect(errorOf(answer)).toEqual([400, 'invalid_request']);
  });

  test.each<[Record<string, string | undefined>, string, string]>([
    [{ grant_type: undefined }, 'invalid_request', missing],
    [{ grant_type: 'password' }, 'unsupported_grant_type', missing],
    [{ redirect_uri: undefined }, 'invalid_request', missing.replace('grant_type', 'redirect_uri')],
    [{ code: undefined }, 'invalid_request', missing.replace('grant_type', 'code')],
  ])('with %j is answered %s', async (change, error, error_description) => {
    const answer = await redeem(operator, browser, await codeFor(operator, browser), change);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toEqual({ error, error_description });
  });

  test('with a parameter twice is malformed (RFC 6749 §3.2)', async () => {
    const answer = await browser.send(operator.tokenUrl, {
      method: 'POST',
      headers: { ...headers, authorization: basic(operator.client.id, operator.client.secret) },
      body: `grant_type=authorization_code&code=a&code=b&redirect_uri=${operator.redirectUri}`,
    });
    expect(JSON.parse(answer.body).error_description).toBe('Malformed request, duplicate parameter entries');
  });

  test('is a POST', async () => {
    const { status, headers: answered } = await browser.get(operator.tokenUrl);
    expect([status, answered.allow]).toEqual([405, 'POST']);
  });

  test('larger than any honest one is refused, and still answered', async () => {
    const answer = await browser.send(operator.tokenUrl, {
      method: 'POST',
      headers,
      body: 'x'.repeat(300_000),
    });
    expect(answer.status).toBe(413);
  });
});
