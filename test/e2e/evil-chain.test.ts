import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { ServerProfile } from '../../backend/legs/provider.ts';
import type { Run } from '../../protocol/run.ts';
import { type E2eStage, startE2e, until } from '../support/e2e-stage.ts';
import { type Answer, type EvilChain, reset, startEvilChain } from '../support/evil-chain-server.ts';
import * as chains from '../support/evil-chains.ts';
import { runUnwatched } from '../support/unwatched-run.ts';

const { astray, back, CALLBACK, H2, html, json, status, to } = chains;
const HOP_MS = 1500;

/** What the second host does, the failure `authorize.…`, its row, the statuses from that host on. */
const DEAD_ENDS: [string, string, string, (number | null)[], Answer][] = [
  ['a redirect without Location', 'missing_location', 'A4', [302], status(302)],
  ['two Locations', 'multiple_location', 'A5', [null], status(302, 'Location: /a', 'Location: /b')],
  ['a Location that is no URL', 'bad_location', 'A6', [302], to('http://[::1')],
  ['a custom scheme', 'scheme_forbidden', 'A12', [302], to('myapp://cb?code=x')],
  ['javascript:', 'scheme_forbidden', 'A13', [302], to('javascript:alert(1)')],
  ['data:', 'scheme_forbidden', 'A13', [302], to('data:text/html,x')],
  ['credentials in a Location', 'credentials_in_url', 'A17', [302], to('http://u:p@h3.operator.test/')],
  ['a redirect to itself', 'loop', 'A19', [302], ({ url }) => to(url.href)()],
  ['a page that would go on by itself', 'html_page', 'A22', [200], chains.REFRESHING],
  ['a page that would post the code', 'html_page', 'C14', [200], chains.SELF_POSTING],
  ['an error in JSON with status 200', 'operator_error', 'A23', [200], json(200, { error: 'x_odd' })],
  [
    '401 that asks for a password',
    'unexpected_status',
    'A27',
    [401],
    status(401, 'WWW-Authenticate: Basic realm="x"'),
  ],
  ['429 with rubbish', 'rate_limited', 'A29', [429], status(429, 'Retry-After: soon')],
  ['429 for ten years', 'rate_limited', 'A29', [429], status(429, 'Retry-After: 315360000')],
  ['304', 'unexpected_status', 'A32', [304], status(304)],
  ['300 with a Location', 'unexpected_status', 'A32', [300], status(300, 'Location: /x')],
  ['a name that does not resolve', 'dns', 'A33', [302, null], to('http://gone.operator.test/')],
  ['a refused connection', 'connect', 'A34', [302, null], to('http://closed.operator.test/')],
  ['a reset in mid-headers', 'reset', 'A34', [null], reset],
  ['a port the browser blocks', 'connect', 'A35', [302, null], to('http://h3.operator.test:6000/')],
  ['no TLS where https was asked for', 'tls', 'A36', [302, null], to('https://h3.operator.test/')],
];

/** What comes to redirect_uri, the failure, its row. */
const CALLBACKS: [string, string, string, Answer][] = [
  ['code and error', 'callback.code_and_error', 'C2', back('&code=code-one&error=access_denied')],
  ['the code twice', 'callback.duplicate_param', 'C3', back('&code=code-one&code=code-two')],
  ['no state', 'callback.state_missing', 'C6', to(`${CALLBACK}?code=code-one`)],
  ['another state', 'callback.state_mismatch', 'C7', to(`${CALLBACK}?code=code-one&state=not-ours`)],
  ['the code in the fragment', 'callback.missing_code', 'A18', back('#code=code-one')],
];

/** Where a code of ours is led that looks like redirect_uri and is not; what the chain ends as instead. */
const NEAR_MISSES: [string, string, string][] = [
  ['its name as a prefix', 'authorize.tls', 'https://app.relying-party.test.h3.operator.test/callback'],
  ['as a login', 'authorize.credentials_in_url', 'https://app.relying-party.test@h3.operator.test/callback'],
  ['itself with user info', 'authorize.credentials_in_url', 'https://me@app.relying-party.test/callback'],
  ['another port', 'callback.wrong_redirect_uri', 'https://app.relying-party.test:444/callback'],
  ['a path too many', 'callback.wrong_redirect_uri', 'http://app.relying-party.test/callback/more'],
  ['http for https', 'callback.wrong_redirect_uri', 'http://app.relying-party.test/callback'],
];

/** A scenario, its failure, cause and owner, its row, the statuses. */
const EXPLAINED: [string, string, string, string, string, number[]][] = [
  ['unregistered', 'invalid_request', 'redirect_uri_not_registered', 'client_setup', 'A24', [302, 400]],
  ['bad-gateway', 'unexpected_status', 'operator_down', 'operator', 'A30', [302, 502]],
  ['404-at-once', 'unexpected_status', 'api_path_wrong', 'client_setup', 'no /mobileconnect', [404]],
];

const answers: Record<string, Answer> = {
  '404-at-once': html(404, 'not here'),
  ...chains.afterFirst({
    ...chains.SCRIPTS,
    ...Object.fromEntries([...DEAD_ENDS, ...CALLBACKS].map((row) => [row[0], row.at(-1) as Answer])),
    ...Object.fromEntries(NEAR_MISSES.map(([name, , url]) => [name, astray(url)])),
  }),
};

let evil: EvilChain;
let e2e: E2eStage;
let page: Page;

beforeAll(async () => {
  evil = await startEvilChain(answers, new URL(CALLBACK));
  const adjust = (simulated: ServerProfile) => evil.profileFrom(simulated, HOP_MS);
  e2e = await startE2e({ adjust, extraArgs: [evil.chromiumArg] });
  await e2e.popup();
  page = await e2e.plainPage();
});
afterAll(async () => {
  await e2e.close();
  await evil.close();
});
afterEach(() => {
  expect(evil.redirectUri.contacts, 'connections to redirect_uri').toBe(0);
  expect(e2e.operator.counters.token).toBe(0);
});

const run = async (scenario: string) => e2e.readRun(await runUnwatched(page, scenario));
const statuses = ({ hops }: Run) => hops.map((hop) => hop.status);

describe('a chain that dies ends with the fault’s name, and its hops are kept', () => {
  test.each(DEAD_ENDS)('%s is authorize.%s (%s)', async (name, code, _row, rest) => {
    const ended = await run(name);
    expect(ended).toMatchObject({ verdict: 'failed', failure: { code: `authorize.${code}` } });
    expect(statuses(ended)).toEqual([302, ...rest]);
  });

  test.each(['silent', 'dripping'])(
    'a %s hop ends at its deadline, and is no broken one (A37, A38)',
    async (name) => {
      const ended = await run(name);
      expect(ended).toMatchObject({ failure: { code: 'authorize.timeout_hop', hop: 2 } });
      expect(ended.hops[1]).toMatchObject({ status: null, error: { code: 'timeout' } });
      expect(ended.hops[1]?.durationMs).toBeGreaterThanOrEqual(HOP_MS);
      expect(ended.hops[1]?.durationMs).toBeLessThan(HOP_MS + 500);
    },
  );

  test.each(EXPLAINED)(
    '%s is authorize.%s because of %s: %s (%s)',
    async (name, code, cause, owner, _row, seen) => {
      const ended = await run(name);
      expect(ended.failure).toMatchObject({ code: `authorize.${code}`, hop: seen.length });
      expect(ended.cause).toMatchObject({ code: cause, owner });
      expect(statuses(ended)).toEqual(seen);
    },
  );

  test('a cycle of two ends at its first repetition (A19), distinct hops at the limit (A20)', async () => {
    const cycle = await run('two-cycle');
    expect(cycle.failure).toMatchObject({ code: 'authorize.loop', hop: 4 });
    expect(evil.asked.map(({ url }) => url.pathname)).toEqual(['/authorize', '/start', '/a', '/b']);
    const many = await run('too-many');
    expect(many.failure?.code).toBe('authorize.too_many_hops');
    expect([evil.asked.length, many.hops.length]).toEqual([10, 10]);
  });
});

describe('redirect_uri is the end and is never asked', () => {
  test.each(CALLBACKS)('with %s it is %s (%s, PR1)', async (name, code) => {
    const ended = await run(name);
    expect(ended).toMatchObject({ failure: { code }, chainEnd: { kind: 'callback' } });
    expect(statuses(ended)).toEqual([302, 302]);
    expect(JSON.stringify(ended)).not.toMatch(/code-(one|two)/);
  });

  test.each(NEAR_MISSES)('%s is not taken for it: %s at %s (C12, C13)', async (name, code) => {
    const ended = await run(name);
    expect(ended.chainEnd?.kind).not.toBe('callback');
    expect(ended.failure?.code).toBe(code);
  });
});

describe('a chain that is only odd is walked on', () => {
  const walked = { chainEnd: { kind: 'callback' }, failure: { code: 'authorize.server_error' } };

  test('a relative Location is resolved, and both forms are kept (A7)', async () => {
    const ended = await run('relative');
    expect(ended).toMatchObject(walked);
    expect(ended.hops[1]).toMatchObject({ location: '/on?x=1', nextUrl: `${H2}/on?x=1` });
    expect(ended.hops[2]?.url).toBe(`${H2}/on?x=1`);
  });

  test('the same URL again is no loop when a cookie was set in between (A19)', async () => {
    const ended = await run('cookie-between');
    expect(ended).toMatchObject(walked);
    expect(ended.hops[1]?.cookiesSet).toEqual(['seen']);
    expect(ended.hops[2]?.cookiesSent).toEqual(['seen']);
  });

  test('301, 303, 307 and 308 are followed as GET (A31)', async () => {
    const ended = await run('methods');
    expect(ended).toMatchObject(walked);
    expect(statuses(ended)).toEqual([302, 301, 303, 307, 308, 302]);
    expect(evil.asked.map(({ method }) => method)).toEqual(Array(6).fill('GET'));
  });

  test('the endless body of a redirect holds nothing up and is not read on (A39)', async () => {
    const ended = await run('endless-body');
    expect(ended).toMatchObject(walked);
    expect(ended.chainEnd?.atMs).toBeLessThan(HOP_MS);
    await until(async () => (await evil.connections()) === 0);
  });

  test('Locations of 64 KB are walked and recorded short; a longer one is refused (A11)', async () => {
    const ended = await run('long-locations');
    expect(statuses(ended)).toEqual([302, 302, 302, 302, 502]);
    expect(ended.hops[1]?.location?.length).toBeLessThan(3000);
    expect((await run('longest-location')).failure?.code).toBe('authorize.bad_location');
  });

  test('hundreds of cookies and headers reach the record, shortened and without values (A40)', async () => {
    const ended = await run('much-in-headers');
    expect(statuses(ended)).toEqual([302, 302, 302, 302, 302, 502]);
    expect(JSON.stringify(ended)).not.toContain('vvvvvvvv');
  });
});
