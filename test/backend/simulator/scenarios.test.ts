import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { scenarios } from '../../../backend/simulator/scenarios.ts';
import {
  type SimulatedOperator,
  startSimulatedOperator,
} from '../../../backend/simulator/simulated-operator.ts';
import {
  type Answered,
  askPremiuminfo,
  authorizeUrl,
  type Browser,
  openBrowser,
  redeem,
  walk,
} from './operator-client.ts';

const slowHopMs = 300;
let operator: SimulatedOperator;
let browser: Browser;
beforeAll(async () => {
  const client = { id: 'client-1', secret: 's3cret' };
  operator = await startSimulatedOperator({ mode: 'tls', client, slowHopMs });
  browser = openBrowser(operator);
});
afterAll(async () => {
  await browser.close();
  await operator.close();
});

interface End {
  hops: Answered[];
  callback: URLSearchParams | null;
  token?: Answered;
  info?: Answered;
}

/** Plays a scenario with the number listed for it, as far as it goes. */
async function play(scenario: string): Promise<End> {
  const { hops, callback } = await walk(operator, browser, authorizeUrl(operator, { scenario }));
  const end: End = { hops, callback: callback?.searchParams ?? null };
  const code = end.callback?.get('code');
  if (!code) return end;
  end.token = await redeem(operator, browser, code);
  if (end.token.status !== 200) return end;
  const number = operator.scenarios.find(({ name }) => name === scenario)?.number ?? '';
  const device_msisdn_hash = createHash('sha256').update(number).digest('hex');
  const { access_token } = JSON.parse(end.token.body);
  end.info = await askPremiuminfo(operator, browser, access_token, { mc_claims: { device_msisdn_hash } });
  return end;
}

const claimsOf = (token: Answered | undefined) =>
  JSON.parse(Buffer.from(JSON.parse(token?.body ?? '').id_token.split('.')[1], 'base64url').toString());
const infoOf = ({ info }: End) => JSON.parse(info?.body ?? 'null');
const errorOf = ({ callback }: End) => [callback?.get('error'), callback?.get('error_description')];
const hostsOf = ({ hops }: End) => hops.map(({ url }) => new URL(url).hostname.split('.')[0]);
const refused = (description: string) => (end: End) => {
  expect(errorOf(end)).toEqual(['access_denied', description]);
  expect(end.callback?.get('state')).toBeTruthy();
};
const matches = (end: End) => expect(infoOf(end)?.device_msisdn_verified).toBe(true);

/** How each scenario ends. A new one without an entry here fails. */
const ends: Record<string, (end: End) => void> = {
  match: matches,
  'no-match': (end) => expect(infoOf(end).device_msisdn_verified).toBe(false),
  // The number is the SIM's; the hash with a plus sign is not what this operator compares.
  'hash-plain': (end) => expect(infoOf(end).device_msisdn_verified).toBe(false),
  'wifi-access-denied': (end) => {
    expect(hostsOf(end)).toEqual(['api', 'discovery', 'he']);
    refused('User is not recognized')(end);
  },
  'wifi-html-page': (end) => {
    expect(hostsOf(end)).toEqual(['api', 'discovery', 'he', 'id']);
    const page = end.hops.at(-1);
    expect(page?.status).toBe(200);
    expect(page?.headers['content-type']).toMatch(/^text\/html/);
    expect(page?.body).toMatch(/<title>Enter your mobile number<\/title>[\s\S]*<form/);
  },
  'wifi-login-hint': (end) =>
    expect(errorOf(end)).toEqual([
      'invalid_request',
      'MANDATORY parameters login_hint_token (or) login_hint does not exist.',
    ]),
  'slow-hop': matches,
  loop: (end) => {
    expect(end.hops).toHaveLength(10);
    expect(new Set(end.hops.map(({ url }) => url)).size).toBe(3);
    expect(end.hops.slice(3).filter(({ headers }) => headers['set-cookie'])).toEqual([]);
  },
  'expired-code': ({ token }) => {
    expect(token?.status).toBe(400);
    expect(JSON.parse(token?.body ?? '').error).toBe('invalid_grant');
  },
  'invalid-client': ({ token }) => {
    expect(token?.status).toBe(401);
    expect(token?.headers['www-authenticate']).toMatch(/^Basic /);
    expect(JSON.parse(token?.body ?? '').error).toBe('invalid_client');
  },
  'server-error': (end) => expect(errorOf(end)).toEqual(['server_error', 'Internal Server Error']),
  'bad-nonce': (end) => {
    expect(claimsOf(end.token).nonce).not.toBe('8d3f0f0c-2f6e-4c86-8a39-0a3f2d9d5c22');
    matches(end);
  },
  'interaction-required': (end) => expect(errorOf(end)[0]).toBe('login_required'),
  'user-busy': refused('The user is busy with another transaction'),
  'token-503': ({ token }) => expect(token?.status).toBe(503),
  'premiuminfo-503': ({ info }) => expect(info?.status).toBe(503),
  'premiuminfo-503-once': ({ info }) => {
    expect(info?.status).toBe(503);
    expect(info?.headers['retry-after']).toBe('1');
  },
  'result-string': (end) => expect(infoOf(end).device_msisdn_verified).toBe('true'),
  'sub-mismatch': (end) => {
    expect(infoOf(end).sub).not.toBe(claimsOf(end.token).sub);
    matches(end);
  },
  // A client without HSTS, as here, gets through; a browser does not.
  'http-upgraded': (end) => {
    expect(hostsOf(end)).toEqual(['api', 'discovery', 'he-pinned', 'he-pinned', 'id', 'api']);
    matches(end);
  },
  'hop-html-page': (end) => {
    expect(hostsOf(end)).toEqual(['api', 'discovery']);
    expect(end.hops.at(-1)?.status).toBe(200);
  },
  'consent-page': (end) => {
    expect(hostsOf(end)).toEqual(['api', 'discovery', 'he', 'id']);
    expect(end.hops.at(-1)?.status).toBe(200);
  },
  // Its end is in lifetime.test.ts: there is nothing to wait for.
  'hop-hangs': () => {},
};

describe('each scenario ends as it says', () => {
  test.each(scenarios.map(({ name }) => name))('%s', async (name) => {
    expect(Object.keys(ends)).toContain(name);
    if (name !== 'hop-hangs') ends[name]?.(await play(name));
  });

  test('without the parameter it is match', async () => {
    const { callback } = await walk(operator, browser, authorizeUrl(operator));
    expect(callback?.searchParams.get('code')).toBeTruthy();
  });
});

test('slow-hop takes its time at the enrichment hop, and no other scenario does', async () => {
  const started = performance.now();
  await play('slow-hop');
  expect(performance.now() - started).toBeGreaterThanOrEqual(slowHopMs - 5);
  // Where that hop takes an hour, whoever came to it would not end.
  const client = { id: 'client-1', secret: 's3cret' };
  const slower = await startSimulatedOperator({ mode: 'loopback', client, slowHopMs: 3_600_000 });
  const other = openBrowser(slower);
  expect((await walk(slower, other, authorizeUrl(slower))).callback?.searchParams.get('code')).toBeTruthy();
  await other.close();
  await slower.close();
});

test('premiuminfo-503-once answers the second question about the same token', async () => {
  const { token } = await play('premiuminfo-503-once');
  const { access_token } = JSON.parse(token?.body ?? '');
  const claim = { mc_claims: { device_msisdn_hash: '0'.repeat(64) } };
  expect((await askPremiuminfo(operator, browser, access_token, claim)).status).toBe(200);
});

test('a loop needs the cookie of the first visit when it comes to discovery again', async () => {
  const forgetful = openBrowser(operator, { keepsCookies: false });
  const { hops, callback } = await walk(operator, forgetful, authorizeUrl(operator, { scenario: 'loop' }));
  await forgetful.close();
  expect(hops).toHaveLength(4);
  expect(callback?.searchParams.get('error')).toBe('server_error');
});

test('prompt=none turns a page into login_required (OIDC Core §3.1.2.1)', async () => {
  const url = authorizeUrl(operator, { scenario: 'wifi-html-page', prompt: 'none' });
  const { callback } = await walk(operator, browser, url);
  expect(callback?.searchParams.get('error')).toBe('login_required');
});

test('every scenario has a number of its own, from the range for drama', () => {
  const numbers = scenarios.flatMap(({ number, sim }) => (sim ? [number, sim] : [number]));
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const number of numbers) expect(number).toMatch(/^\+4477009009\d\d$/);
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
});
