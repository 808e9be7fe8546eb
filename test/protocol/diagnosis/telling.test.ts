/** What a diagnosis tells beside its name: who did it, how sure that is, and where to look. */
import { describe, expect, test } from 'vitest';

import { failureOf } from '#protocol/failure.ts';
import type { Hop } from '#protocol/hop.ts';
import type { HostRule } from '#protocol/profile.ts';

import { hopOf, profileAt } from '../../support/fixtures.ts';
import { causeOf, pageHop, refused, rewritten, tokenExchange } from './symptoms.ts';

const offNet = refused('access_denied', 'Unknown user');

describe('an http hop that was not http', () => {
  test('rewritten by the browser is the operator’s to change, done by the browser, however the chain ended (A15)', () => {
    for (const [failure, confidence] of [
      [offNet, 'likely'],
      [refused('server_error'), 'possible'],
      [failureOf('authorize.timeout_hop', { hop: 3 }), 'possible'],
    ] as const) {
      expect(causeOf({ failure, hops: [hopOf(), rewritten('HSTS')] })).toMatchObject({
        code: 'http_upgraded',
        owner: 'operator',
        mechanism: 'browser',
        seen: 'certain',
        confidence,
        cure: 'fresh_browser_profile',
        evidence: [{ at: 'hop', hop: 2, detail: '307, Non-Authoritative-Reason: HSTS' }],
      });
    }
  });

  test('rewritten by Firefox, which gives no reason for it, is told without one (A15)', () => {
    const mark: Hop = { ...rewritten('HSTS'), status: null, responseHeaders: [] };
    expect(causeOf({ failure: offNet, hops: [hopOf(), mark] })).toMatchObject({
      code: 'http_upgraded',
      evidence: [{ hop: 2, detail: expect.stringMatching(/, http → https$/) }],
    });
  });

  test('rewritten by the browser explains nothing that comes after a code was issued', () => {
    const hops = [hopOf(), rewritten('HSTS')];
    for (const code of [
      'idtoken.signature_invalid',
      'premiuminfo.unavailable',
      'token.invalid_grant',
      'callback.state_mismatch',
    ] as const) {
      expect(causeOf({ failure: failureOf(code, { check: 'x' }), hops })?.code).not.toBe('http_upgraded');
    }
  });

  test('asked for over https by the chain itself is the operator’s alone', () => {
    const hosts: HostRule[] = [{ pattern: 'he.example', role: 'enrichment', scheme: 'http' }];
    const profile = profileAt('https://api.example', { hosts });
    const hops = [hopOf(), hopOf({ index: 2, role: 'enrichment', url: 'https://he.example/x' })];
    expect(causeOf({ failure: offNet, hops, run: { profile } })).toMatchObject({
      code: 'enrichment_over_https',
      owner: 'operator',
      mechanism: null,
      evidence: [{ hop: 2 }],
    });
    const plain = [hopOf(), hopOf({ index: 2, role: 'enrichment', url: 'http://he.example/x' })];
    expect(causeOf({ failure: offNet, hops: plain, run: { profile } })?.code).toBe('off_network');
  });

  test('in a loop between the schemes, the browser’s part is named', () => {
    const hops = [
      hopOf({ url: 'http://he.example/a' }),
      rewritten('HSTS'),
      hopOf({ index: 2, url: 'https://he.example/a' }),
    ];
    const chainEnd = { kind: 'refused', url: 'http://he.example/a', atMs: 50 } as const;
    const failure = failureOf('authorize.loop', { hop: 2 });
    expect(causeOf({ failure, hops, run: { chainEnd } })).toMatchObject({
      code: 'scheme_loop',
      mechanism: 'browser',
    });
  });
});

describe('a near miss of redirect_uri is told part by part (C12)', () => {
  test.each([
    ['http://app.example/callback', ['scheme: http: instead of https:']],
    ['https://app.example:444/callback', ['port: 444 instead of default']],
    ['https://app.example/callback/', ['path: /callback/ instead of /callback']],
    ['https://app.example.evil.test/callback', ['host: app.example.evil.test instead of app.example']],
    ['http://app.example/other', ['scheme: http: instead of https:', 'path: /other instead of /callback']],
  ])('%s', (url, details) => {
    const failure = failureOf('callback.wrong_redirect_uri', { hop: 1 });
    const cause = causeOf({ failure, run: { chainEnd: { kind: 'refused', url, atMs: 40 } } });
    expect(cause?.evidence.map(({ detail }) => detail)).toEqual(details);
    expect(cause?.confidence).toBe(details.length === 1 ? 'likely' : 'possible');
  });
});

test('what the record covers with a stand-in proves no difference (C12, PR3)', () => {
  const registered = 'https://app.example/cb/7f3a9c1e2b4d5f60b6c7?tenant=acme42';
  const profile = profileAt('https://api.example', { redirectUri: registered });
  const url = 'https://app.example:8443/cb/‹path:1›?tenant=‹tenant:1›&code=‹code:1›';
  const failure = failureOf('callback.wrong_redirect_uri', { hop: 1 });
  const cause = causeOf({ failure, run: { profile, chainEnd: { kind: 'refused', url, atMs: 40 } } });
  expect(cause?.evidence.map(({ detail }) => detail)).toEqual(['port: 8443 instead of default']);
});

describe('a cookie that did not come back', () => {
  const lost = refused('server_error', 'The session is lost');
  const sets = (value: string, url = 'https://api.example/authorize') =>
    hopOf({ url, responseHeaders: [{ name: 'Set-Cookie', value }] });
  const later = (change: Partial<Hop> = {}) =>
    hopOf({
      index: 2,
      url: 'https://api.example/continue',
      requestHeaders: [{ name: 'A', value: 'b' }],
      ...change,
    });

  test('names the cookie and both hops, and is this browser’s to mend', () => {
    expect(causeOf({ failure: lost, hops: [sets('sid=‹sid:1›; Path=/'), later()] })).toMatchObject({
      code: 'cookie_not_returned',
      owner: 'browser',
      confidence: 'likely',
      evidence: [{ hop: 2, detail: 'sid, set at hop 1, not sent' }],
    });
  });

  test('is only possible where the operator’s words do not speak of a session', () => {
    const hops = [sets('sid=‹sid:1›; Path=/'), later()];
    // A loop is what an operator does with a browser that it does not know again.
    expect(causeOf({ failure: failureOf('authorize.loop', { hop: 2 }), hops })?.code).toBe(
      'cookie_not_returned',
    );
    expect(causeOf({ failure: refused('login_required'), hops })?.code).toBe('cookie_not_returned');
    expect(causeOf({ failure: refused('access_denied', 'Unknown user'), hops })?.code).toBe('off_network');
    expect(causeOf({ failure: refused('server_error', 'Internal Server Error'), hops })).toMatchObject({
      code: 'cookie_not_returned',
      confidence: 'possible',
    });
  });

  test.each<[string, Hop, Hop]>([
    ['came back', sets('sid=‹sid:1›; Path=/'), later({ cookiesSent: ['sid'] })],
    ['was deleted', sets('sid=; Path=/; Max-Age=0'), later()],
    ['was deleted the old way', sets('sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT'), later()],
    ['no browser takes', sets('sid=‹sid:1›; Path=/; Domain=other.test'), later()],
    ['is for another path', sets('sid=‹sid:1›; Path=/mobile'), later()],
    ['is for the folder of its hop', sets('sid=‹sid:1›', 'https://api.example/a/b'), later()],
    ['is for TLS only', sets('sid=‹sid:1›; Path=/; Secure'), later({ url: 'http://api.example/x' })],
    ['is for its own host only', sets('sid=‹sid:1›; Path=/'), later({ url: 'https://id.api.example/x' })],
    ['may have come back unseen', sets('sid=‹sid:1›; Path=/'), later({ requestHeaders: [] })],
  ])('is not claimed of one that %s (RFC 6265 §5.4)', (_why, first, second) => {
    expect(causeOf({ failure: lost, hops: [first, second] })?.code).toBe('operator_down');
  });

  test('is the operator’s own doing where a hop in between cleared the cookies (A41)', () => {
    const clears = hopOf({
      index: 2,
      url: 'https://id.example/x',
      responseHeaders: [{ name: 'Clear-Site-Data', value: '"cookies"' }],
    });
    const hops = [sets('sid=‹sid:1›; Path=/'), clears, later({ index: 3 })];
    expect(causeOf({ failure: lost, hops })).toMatchObject({
      owner: 'operator',
      evidence: [{ hop: 3, detail: 'sid, set at hop 1, not sent: cleared by hop 2' }],
    });
  });

  test('is not claimed after a hop that took it back', () => {
    const deletes = later({
      cookiesSent: ['sid'],
      responseHeaders: [{ name: 'Set-Cookie', value: 'sid=; Path=/; Max-Age=0' }],
    });
    const hops = [sets('sid=‹sid:1›; Path=/'), deletes, later({ index: 3 })];
    expect(causeOf({ failure: lost, hops })?.code).toBe('operator_down');
  });

  test('goes to the hosts below its Domain', () => {
    const hops = [sets('sid=‹sid:1›; Domain=.example; Path=/'), later({ url: 'https://id.example/x' })];
    expect(causeOf({ failure: lost, hops })?.code).toBe('cookie_not_returned');
  });
});

describe('what stood in the way comes before what the operator is thought to have said', () => {
  test('a portal that asks for a number is a portal, not the operator', () => {
    const url = 'http://wifi.hotel.test/login';
    const hops = [
      hopOf(),
      { ...pageHop('Room number', 'number_field'), index: 2, url, notes: ['unknown_host' as const] },
    ];
    expect(causeOf({ failure: failureOf('authorize.html_page', { hop: 2 }), hops })).toMatchObject({
      code: 'captive_portal',
      seen: 'likely',
    });
  });

  test('a stranger that redirected is on the way, whatever it is called', () => {
    const url = 'https://login.elsewhere.example/auth';
    const stranger = hopOf({ index: 2, url, notes: ['unknown_host'], location: '/on' });
    const hops = [hopOf(), stranger, hopOf({ index: 3, url: 'https://api.example/continue' })];
    const busy = refused('access_denied', 'The user is busy with another transaction');
    expect(causeOf({ failure: { ...busy, hop: 3 }, hops })?.code).toBe('operator_busy');
    expect(causeOf({ failure: failureOf('callback.state_mismatch', { check: 'state' }), hops })?.code).toBe(
      'response_not_ours',
    );
    expect(causeOf({ failure: failureOf('authorize.offline', { hop: 3 }), hops })?.code).toBe(
      'device_offline',
    );
  });

  test('an operator host called login is no portal', () => {
    const hops = [
      hopOf({
        url: 'https://login.operator.example/authorize',
        status: 200,
        page: { contentType: 'text/html', title: 'T', shows: ['number_field'] },
      }),
    ];
    expect(causeOf({ failure: failureOf('authorize.html_page', { hop: 1 }), hops })?.code).toBe(
      'off_network',
    );
  });
});

describe('evidence', () => {
  test('of an operator that is down carries the trace id of the hop, or of the exchange (P5)', () => {
    const trace = [{ name: 'X-VIG-Trace-Id', value: 'ab12-cd' }];
    const hops = [hopOf({ status: 503, responseHeaders: trace })];
    const inChain = causeOf({ failure: failureOf('authorize.unexpected_status', { hop: 1 }), hops });
    expect(inChain?.evidence[0]?.detail).toBe('status 503 · X-VIG-Trace-Id ab12-cd');
    const run = tokenExchange({ status: 503, headers: trace });
    const atToken = causeOf({ failure: failureOf('token.unavailable'), run });
    expect(atToken?.evidence[0]).toMatchObject({
      at: 'exchange',
      detail: 'status 503 · X-VIG-Trace-Id ab12-cd',
    });
  });

  test('of a slow hop is its share of the time', () => {
    const hops = [hopOf({ durationMs: 20 }), hopOf({ index: 2, durationMs: 4000 })];
    const chainEnd = { kind: 'callback', url: 'https://app.example/callback', atMs: 5000 } as const;
    expect(causeOf({ verdict: 'match', hops, run: { chainEnd } })).toMatchObject({
      code: 'slow_hop',
      evidence: [{ hop: 2, detail: '4000 ms, 100 % of the chain' }],
    });
  });

  test('of a chain that ran out of time is every slow hop, at the limits as they are; without one it is our limit', () => {
    const hop = (index: number, durationMs: number) =>
      hopOf({ index, url: `https://a.example/${index}`, durationMs });
    const failure = failureOf('authorize.timeout_chain', { hop: 4 });
    const slow = [hop(1, 9900), hop(2, 9900), hop(3, 9900), { ...hop(4, 300), status: null }];
    expect(causeOf({ failure, hops: slow })?.evidence.map((one) => one.hop)).toEqual([1, 2, 3]);
    expect(causeOf({ failure, hops: slow })?.code).toBe('slow_hop');
    const quick = Array.from({ length: 10 }, (_, at) => hop(at + 1, 1500));
    expect(causeOf({ failure, hops: quick })?.code).toBe('chain_limit_reached');
  });

  test('of a page is its title, and what it wants is read off it, so less certain than the page itself', () => {
    const failure = failureOf('authorize.html_page', { hop: 1 });
    expect(causeOf({ failure, hops: [pageHop('Ihre Einwilligung', 'consent')] })).toMatchObject({
      seen: 'likely',
      evidence: [{ detail: 'Ihre Einwilligung' }],
    });
    expect(causeOf({ failure, hops: [pageHop('Hello')] })?.seen).toBe('certain');
  });
});

describe('clocks that differ', () => {
  const heard = Date.UTC(2026, 10, 23, 9, 10);
  const run = (date: string, startedAt: number) => ({
    ...tokenExchange({ status: 200, headers: [{ name: 'date', value: date }] }),
    startedAt,
    events: [
      { sequence: 1, at: heard, type: 'created' as const, leg: null },
      { sequence: 2, at: heard + 1000, type: 'exchange' as const, leg: 'token' as const },
    ],
  });
  const expired = failureOf('idtoken.expired', { check: 'exp' });
  const tenBehind = 'Mon, 23 Nov 2026 09:00:00 GMT';

  test('are the backend’s where the browser agrees with the operator (TK29)', () => {
    const cause = causeOf({ failure: expired, run: run(tenBehind, heard - 600_000) });
    expect(cause).toMatchObject({ code: 'clock_skew', owner: 'backend', cure: 'check_clock' });
    expect(cause?.evidence[0]?.detail).toBe('the operator’s Date is 601 s behind the backend’s clock');
  });

  test('are worth a word on a match, before they fail one', () => {
    expect(causeOf({ verdict: 'match', run: run(tenBehind, heard) })).toMatchObject({
      code: 'clock_skew',
      confidence: 'certain',
    });
  });

  test('by less than a minute, or without a Date, are not blamed', () => {
    expect(causeOf({ failure: expired, run: run('Mon, 23 Nov 2026 09:10:40 GMT', heard) })?.code).toBe(
      'operator_breaks_protocol',
    );
    expect(causeOf({ failure: expired, run: run('soon', heard) })?.code).toBe('operator_breaks_protocol');
  });
});
