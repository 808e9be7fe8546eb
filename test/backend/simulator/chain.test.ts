import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import {
  type SimulatedOperator,
  startSimulatedOperator,
} from '../../../backend/simulator/simulated-operator.ts';
import { authorizeUrl, type Browser, openBrowser, walk } from './operator-client.ts';

describe.each(['tls', 'loopback'] as const)('the chain of a match (%s)', (mode) => {
  let operator: SimulatedOperator;
  let browser: Browser;
  beforeAll(async () => {
    operator = await startSimulatedOperator({ mode, client: { id: 'client-1', secret: 's3cret' } });
    browser = openBrowser(operator);
  });
  afterAll(async () => {
    await browser.close();
    await operator.close();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test('is 5 hops on 4 hosts and ends with code, state and correlation_id (RFC 6749 §4.1.2)', async () => {
    const { hops, callback } = await walk(operator, browser, authorizeUrl(operator));
    const urls = hops.map(({ url }) => new URL(url));
    const tld = mode === 'tls' ? 'test' : 'localhost';
    expect(urls.map(({ hostname }) => hostname)).toEqual(
      ['api', 'discovery', 'he', 'id', 'api'].map((label) => `${label}.operator.${tld}`),
    );
    expect(hops.map(({ status }) => status)).toEqual([302, 302, 302, 302, 302]);
    expect(hops.map(({ body }) => body).join('')).toBe('');
    expect(Object.fromEntries(callback?.searchParams ?? [])).toEqual({
      code: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      state: '2f1c6f0e-6ab6-4b0e-9f0d-6a3f1c1f7a11',
      correlation_id: '4b4c2a7e-96a1-4b67-8c43-3d9f7d1e6b33',
    });
    expect(operator.counters).toMatchObject({ authorize: 1, hops: 5, redirectUri: 0 });
  });

  test('uses plain http for the enrichment host alone, where the mode has TLS at all', async () => {
    const { hops } = await walk(operator, browser, authorizeUrl(operator));
    const schemes = hops.map(({ url }) => new URL(url).protocol);
    const secure = mode === 'tls' ? 'https:' : 'http:';
    expect(schemes).toEqual([secure, secure, 'http:', secure, secure]);
    const ruleOf = (url: string) =>
      operator.hosts.find(({ pattern }) => pattern === new URL(url).hostname)?.scheme;
    expect(hops.map(({ url }) => `${ruleOf(url)}:`)).toEqual(schemes);
  });

  test('gives every hop a trace id of its own, a Date and no-store', async () => {
    const { hops } = await walk(operator, browser, authorizeUrl(operator));
    const traces = hops.map(({ headers }) => headers['x-vig-trace-id']);
    for (const trace of traces) expect(trace).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}$/);
    expect(new Set(traces).size).toBe(5);
    for (const { headers } of hops) {
      expect(headers['cache-control']).toBe('no-store');
      expect(Date.parse(String(headers.date))).toBeGreaterThan(0);
    }
  });

  test('refuses at the last hop a browser that keeps no cookies', async () => {
    const forgetful = openBrowser(operator, { keepsCookies: false });
    const { hops, callback } = await walk(operator, forgetful, authorizeUrl(operator));
    await forgetful.close();
    expect(hops).toHaveLength(5);
    expect(callback?.searchParams.get('code')).toBeNull();
    expect(callback?.searchParams.get('error')).toBe('server_error');
    expect(callback?.searchParams.get('error_description')).toMatch(/session is lost/);
    expect(callback?.searchParams.get('state')).toBe('2f1c6f0e-6ab6-4b0e-9f0d-6a3f1c1f7a11');
  });

  test('refuses another browser that took the chain over after the first hop', async () => {
    const { headers } = await browser.get(authorizeUrl(operator));
    const other = openBrowser(operator);
    await walk(operator, other, authorizeUrl(operator));
    const { callback } = await walk(operator, other, String(headers.location));
    await other.close();
    expect(callback?.searchParams.get('error')).toBe('server_error');
  });

  test('lets two runs in one browser go on side by side', async () => {
    const first = await browser.get(authorizeUrl(operator));
    const second = await browser.get(authorizeUrl(operator));
    for (const { headers } of [first, second]) {
      const { callback } = await walk(operator, browser, String(headers.location));
      expect(callback?.searchParams.get('code')).toBeTruthy();
    }
  });

  test('takes a ticket once', async () => {
    const { hops } = await walk(operator, browser, authorizeUrl(operator));
    for (const { url } of hops.slice(1)) {
      const { callback } = await walk(operator, browser, url);
      expect(callback?.searchParams.get('error')).toBe('server_error');
      expect(callback?.searchParams.get('code')).toBeNull();
    }
  });

  test('takes a ticket for five minutes', async () => {
    const locations = await Promise.all([0, 1].map(() => browser.get(authorizeUrl(operator))));
    const [early, late] = locations.map(({ headers }) => String(headers.location));
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 299_000);
    expect((await walk(operator, browser, String(early))).callback?.searchParams.get('code')).toBeTruthy();
    vi.setSystemTime(Date.now() + 2_000);
    const { callback } = await walk(operator, browser, String(late));
    expect(callback?.searchParams.get('error_description')).toBe('The ticket was used or has expired');
  });

  test('takes a ticket only at the hop it is for, and no invented one', async () => {
    const { headers } = await browser.get(authorizeUrl(operator));
    const discovery = new URL(String(headers.location));
    const last = `${operator.authorizeUrl.replace('/authorize', '/continue')}${discovery.search}`;
    expect((await browser.get(last)).status).toBe(400);
    discovery.searchParams.set('ticket', 'invented');
    expect((await browser.get(discovery.href)).status).toBe(400);
  });

  test('answers 404 without the product prefix, with a trailing slash, and on a wrong host', async () => {
    for (const url of [
      authorizeUrl(operator).replace('/mobileconnect/', '/'),
      authorizeUrl(operator).replace('/authorize?', '/authorize/?'),
      authorizeUrl(operator).replace('//api.', '//id.'),
      authorizeUrl(operator).replace('//api.', '//nobody.'),
    ]) {
      expect((await browser.get(url)).status, url).toBe(404);
    }
  });

  test('counts a request to the redirect_uri, should anyone make one', async () => {
    expect(operator.counters.redirectUri).toBe(0);
    const { status } = await browser.get(`${operator.redirectUri}?code=x`);
    expect(status).toBe(200);
    expect(operator.counters.redirectUri).toBeGreaterThan(0);
  });
});
