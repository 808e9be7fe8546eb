import { describe, expect, test } from 'vitest';

import { DEFAULT_LIMITS } from '../../protocol/profile.ts';
import { chainStage, FAULT, type Fault } from '../support/chain-stage.ts';

const stage = chainStage();

const BREAKS = ['operator_breaks_protocol', 'operator'] as const;
const REDIRECTED = [302, 302];

const LOCATIONS: Fault[] = [
  ['A4', 'location-missing', 'authorize.missing_location', ...BREAKS, REDIRECTED],
  ['A5', 'location-twice', 'authorize.multiple_location', 'double_location', 'operator', [302, null]],
  ['A6', 'location-unparsable', 'authorize.bad_location', ...BREAKS, REDIRECTED],
  ['A8', 'location-other-host', 'authorize.operator_error', 'not_diagnosed', 'operator', [302, 302, 404]],
  ['A8', 'enrichment-over-https', 'authorize.access_denied', 'enrichment_over_https', 'operator'],
  ['A9', 'location-with-nul', 'authorize.reset', 'operator_breaks_protocol', 'operator', [302, null]],
  ['A10', 'location-homograph', 'authorize.operator_error', 'not_diagnosed', 'operator', [302, 302, 404]],
  ['A11', 'location-too-long', 'authorize.bad_location', ...BREAKS, REDIRECTED],
  ['A12', 'scheme-custom', 'authorize.scheme_forbidden', ...BREAKS, REDIRECTED],
  ['A13', 'scheme-javascript', 'authorize.scheme_forbidden', ...BREAKS, REDIRECTED],
  ['A13', 'scheme-data', 'authorize.scheme_forbidden', ...BREAKS, REDIRECTED],
  ['A13', 'scheme-file', 'authorize.scheme_forbidden', ...BREAKS, REDIRECTED],
  ['A13', 'scheme-blob', 'authorize.scheme_forbidden', ...BREAKS, REDIRECTED],
  ['A13', 'scheme-extension', 'authorize.scheme_forbidden', ...BREAKS, REDIRECTED],
  ['A14', 'code-in-clear', 'authorize.code_over_http', ...BREAKS],
  ['A14', 'code-to-a-stranger', 'callback.wrong_redirect_uri', 'redirect_uri_differs', 'client_setup'],
  ['A15', 'http-upgraded', 'authorize.access_denied', 'http_upgraded', 'operator'],
  ['A17', 'location-with-login', 'authorize.credentials_in_url', ...BREAKS, REDIRECTED],
];

const LOOPS: Fault[] = [
  ['A19', 'loop-self', 'authorize.loop', 'redirect_loop', 'operator', Array(3).fill(302)],
  ['A19', 'loop-two', 'authorize.loop', 'redirect_loop', 'operator', Array(6).fill(302)],
  ['A19', 'loop-three', 'authorize.loop', 'redirect_loop', 'operator', Array(7).fill(302)],
  ['A19', 'loop-schemes', 'authorize.loop', 'scheme_loop', 'operator', Array(4).fill(302)],
  [
    'A20',
    'hops-without-end',
    'authorize.too_many_hops',
    'hop_limit_reached',
    'client_setup',
    Array(10).fill(302),
  ],
];

describe('a chain that cannot go on ends with the fault’s name, its hops kept and redirect_uri unasked (PR1)', () => {
  test.each(LOCATIONS)(FAULT, async (...fault) => {
    await stage.playFault(fault);
  });
  test.each(LOOPS)(FAULT, async (...fault) => {
    await stage.playFault(fault);
  });

  test('a host that only looks like the gateway is shown as what it is (A10)', async () => {
    const { hops } = await stage.play('location-homograph');
    expect(new URL(hops[2]?.url ?? '').hostname).toMatch(/^xn--[a-z0-9-]+\.operator\.test$/);
    expect(hops[2]?.notes).toContain('unknown_host');
  });

  test('what is led nowhere is kept as text, and nothing of a code in it (A12)', async () => {
    const run = await stage.play('scheme-custom');
    expect(run.chainEnd).toMatchObject({ kind: 'refused', url: expect.stringMatching(/^myapp:/) });
    expect(JSON.stringify(run)).not.toContain('code=unknown');
  });
});

describe('a chain that is only odd is walked to its end, and what is odd is on record', () => {
  test('a path alone is resolved, and both forms are kept (A7)', async () => {
    const { hops } = await stage.playOdd('location-path-only');
    expect(hops[3]?.location).toMatch(/^\/identify\?/);
    expect(hops[3]?.nextUrl).toMatch(/^https:\/\/id\.operator\.test\/identify\?/);
    expect(hops[4]?.url).toBe(hops[3]?.nextUrl);
  });

  test('a URL without a scheme takes the one of its hop (A8)', async () => {
    const { hops } = await stage.playOdd('location-without-scheme');
    expect(hops[3]?.location).toMatch(/^\/\/api\.operator\.test\//);
    expect(hops[4]?.url).toMatch(/^https:/);
  });

  test.each(['location-padded', 'location-folded'])('%s is read as a browser reads it (A9)', async (name) => {
    const { hops } = await stage.playOdd(name);
    expect(hops[2]?.url).toMatch(/^http:\/\/he\.operator\.test\/enrich\?/);
  });

  test('a URL of 64 kB is walked, and recorded short (A11)', async () => {
    const { hops } = await stage.playOdd('location-64-kb');
    expect(hops[1]?.location?.length).toBeLessThan(3000);
    expect(hops[2]?.url.length).toBeLessThan(3000);
  });

  test('a step down to http on a strange host is walked and flagged (A14)', async () => {
    const { hops } = await stage.playOdd('detour-in-clear');
    expect(hops[2]?.notes).toEqual(
      expect.arrayContaining(['plain_http', 'downgraded_to_http', 'unknown_host']),
    );
  });

  test('a fragment is not sent and makes no other URL (A18)', async () => {
    const { hops } = await stage.playOdd('location-fragment');
    expect(hops).toHaveLength(5);
  });

  test('the same URL again is no loop when a cookie was set in between (A19)', async () => {
    const { hops } = await stage.playOdd('cookie-between');
    expect(hops[4]?.url).toBe(hops[3]?.url);
    expect(hops[3]?.cookiesSet).toEqual(['seen']);
    expect(hops[4]?.cookiesSent).toContain('seen');
  });

  test('301, 303, 307 and 308 are followed by GET (A31)', async () => {
    const { hops } = await stage.playOdd('redirect-kinds');
    // The operator answers 405 to everything else.
    expect(hops.map(({ status }) => status)).toEqual([302, 301, 303, 307, 308, 302]);
  });

  test.each(['continue-flood', 'hints-storm'])(
    '%s comes before the answer and is none (A32)',
    async (name) => {
      const { hops } = await stage.playOdd(name);
      expect(hops.map(({ status }) => status)).toEqual(Array(5).fill(302));
    },
  );

  test('a gigabyte behind a redirect is not read and holds nothing up (A39)', async () => {
    const { hops } = await stage.playOdd('body-of-a-gigabyte');
    expect(hops[1]?.durationMs).toBeLessThan(DEFAULT_LIMITS.hopMs);
  });

  test('hundreds of cookies and headers reach the record, shortened and without values (A40)', async () => {
    const run = await stage.playOdd('cookies-and-headers');
    expect(run.hops[1]?.cookiesSet.length).toBeLessThan(200);
    expect(run.hops[1]?.responseHeaders.at(-1)).toMatchObject({ name: '…' });
    expect(JSON.stringify(run.hops[1]?.cookiesSet)).not.toContain('vvvv');
  });

  test('headers meant for others change nothing here (A41)', async () => {
    await stage.playOdd('headers-with-effects');
    await stage.playOdd('match');
  });
});
