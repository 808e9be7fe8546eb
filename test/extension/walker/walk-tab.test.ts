/** How a walk in a tab ends. The clock is the test's, so that no deadline is waited for. */
import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { Limits } from '#protocol/profile.ts';
import { createPseudonyms } from '#protocol/pseudonyms.ts';

import { type TabTools, walkTab } from '../../../extension/walker/walk-tab.ts';
import { scriptTab } from './scripted-tab.ts';

const START = 'https://api.test/?state=our-state';
const PAGE = 'https://id.test/consent';
const REDIRECT_URI = 'https://app.example/callback';
const CALLBACK = `${REDIRECT_URI}?code=the-code&state=our-state`;
const BLOCKED = 'net::ERR_BLOCKED_BY_CLIENT';
/** Milliseconds. */
const LATE_MS = 250;
const LIMITS: Limits = { hops: 10, hopMs: 10_000, chainMs: 30_000 };

beforeEach(() => {
  vi.useFakeTimers();
});

/** A walk under way: its tab is open and was told where to go. */
async function walk({
  limits = LIMITS,
  gone,
  ...change
}: Partial<TabTools> & { limits?: Limits; gone?: Promise<void> } = {}) {
  const tab = scriptTab(gone);
  const cancel = new AbortController();
  const asksPerson: (string | null)[] = [];
  const tools: TabTools = {
    ...tab.tools,
    traffic: { claim: () => ({ abandon: () => undefined }) },
    pseudonyms: createPseudonyms(),
    cancelled: cancel.signal,
    isPermitted: async () => true,
    askPermission: async () => false,
    isOffline: () => false,
    progress: () => undefined,
    waitForPerson: (page) => asksPerson.push(page?.host ?? null),
    ...change,
  };
  let isOver = false;
  const profile = { redirectUri: REDIRECT_URI, hosts: [], limits };
  const walked = walkTab({ authorizeUrl: START, profile }, tools).finally(() => {
    isOver = true;
  });
  const pass = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms);
    return isOver;
  };
  await pass(0);
  /** What came of it: the tab is closed at once, and only what the browser tells late is still waited for. */
  const end = async (afterMs = 0) => {
    await pass(afterMs);
    expect([tab.isOpen(), tab.isWatched()]).toEqual([false, false]);
    expect(await pass(LATE_MS)).toBe(true);
    return walked;
  };
  return { tab, cancel, asksPerson, pass, end };
}

describe('a walk in a tab ends with the tab closed', () => {
  test('where the browser keeps it from redirect_uri: the code is for the backend alone (PR1, PR3)', async () => {
    const { tab, pass, end } = await walk();
    expect(tab.wentTo).toEqual([START]);
    expect(tab.rules[0]?.condition.urlFilter).toContain(REDIRECT_URI);
    tab.redirects(START, 'https://he.test/');
    tab.redirects('https://he.test/', CALLBACK);
    expect(await pass(0)).toBe(false);
    tab.fails(CALLBACK, BLOCKED);
    const walked = await end();
    expect(walked).toMatchObject({ callbackUrl: CALLBACK, failure: null, chainEnd: { kind: 'callback' } });
    expect(walked.hops.map(({ status, error }) => [status, error])).toEqual(Array(2).fill([302, null]));
    expect(JSON.stringify([walked.hops, walked.chainEnd])).not.toMatch(/the-code|our-state/);
  });

  test('a second after the redirect to redirect_uri, where the browser never says that it was kept from it', async () => {
    const { tab, pass, end } = await walk();
    tab.redirects(START, CALLBACK);
    expect(await pass(999)).toBe(false);
    expect(await end(1)).toMatchObject({ callbackUrl: CALLBACK, chainEnd: { kind: 'callback' } });
  });

  test('by a person who closes it: cancelled, and said to be so', async () => {
    const { tab, end } = await walk();
    tab.redirects(START, PAGE);
    tab.asks(PAGE);
    tab.happens('closed');
    const walked = await end();
    expect(walked).toMatchObject({ callbackUrl: null, failure: null });
    expect(walked.chainEnd).toMatchObject({ kind: 'cancelled', by: 'tab_closed' });
    expect(walked.hops).toHaveLength(2);
  });

  test('by Cancel, and a code that was on its way is dropped (C15)', async () => {
    const { tab, cancel, end } = await walk();
    tab.redirects(START, CALLBACK);
    cancel.abort();
    const walked = await end();
    expect(walked.chainEnd).toMatchObject({ kind: 'cancelled' });
    expect(walked.chainEnd).not.toHaveProperty('by');
    expect(walked.callbackUrl).toBeNull();
  });

  test('and is over once the browser has put it away: the next run of a series finds none of it', async () => {
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    const { tab, cancel, pass, end } = await walk({ gone });
    cancel.abort();
    expect(await pass(60_000)).toBe(false);
    expect(tab.isOpen()).toBe(false);
    resolve();
    await end();
  });

  test('as soon as redirect_uri’s host is not allowed any more: no rule keeps the tab from it (PR1)', async () => {
    const allowed = new Set(['api.test', 'id.test', 'app.example', 'other.test']);
    const { tab, asksPerson, pass, end } = await walk({
      isPermitted: async ({ hostname }) => allowed.has(hostname),
    });
    tab.redirects(START, PAGE);
    tab.showsPage(PAGE);
    await pass(1500);
    allowed.delete('other.test');
    tab.revokes();
    expect(await pass(0)).toBe(false);
    allowed.delete('app.example');
    tab.revokes();
    const walked = await end();
    expect(walked).toMatchObject({
      callbackUrl: null,
      chainEnd: { kind: 'refused', url: REDIRECT_URI },
      failure: { code: 'authorize.permission_revoked', hop: 2 },
    });
    expect(asksPerson).toEqual(['id.test', null]);
  });

  test('before a stranger is handed the code: for a host that is not allowed no rule waits (RFC 9700 §4.1)', async () => {
    const { tab, end } = await walk({ isPermitted: async ({ hostname }) => hostname !== 'else.test' });
    tab.redirects(START, 'https://else.test/?code=the-code&state=our-state');
    expect(await end()).toMatchObject({
      failure: { code: 'callback.wrong_redirect_uri' },
      callbackUrl: null,
    });
  });

  test('before a host that is not allowed', async () => {
    const { tab, end } = await walk({ isPermitted: async ({ hostname }) => hostname !== 'forbidden.test' });
    tab.redirects(START, 'https://forbidden.test/');
    expect(await end()).toMatchObject({
      chainEnd: { kind: 'refused', url: 'https://forbidden.test/' },
      failure: { code: 'authorize.no_host_permission', hop: 1 },
    });
  });
});

describe('a walk in a tab ends at its deadline, and not before', () => {
  test('a hop that gives no answer', async () => {
    const { tab, pass, end } = await walk({ limits: { ...LIMITS, hopMs: 4000 } });
    tab.redirects(START, PAGE);
    tab.asks(PAGE);
    await pass(2000);
    // Once more, as after a broken connection: the time is that of the hop.
    tab.asks(PAGE);
    expect(await pass(1999)).toBe(false);
    expect(await end(1)).toMatchObject({
      chainEnd: { kind: 'error', url: PAGE, atMs: 4000 },
      failure: { code: 'authorize.timeout_hop', hop: 2 },
    });
  });

  test('the whole chain, whose hops were each quick enough', async () => {
    const { tab, pass, end } = await walk({ limits: { ...LIMITS, hopMs: 4000, chainMs: 9000 } });
    let url = START;
    for (const next of ['https://a.test/', 'https://b.test/', PAGE]) {
      tab.redirects(url, next);
      url = next;
      tab.asks(next);
      expect(await pass(2999)).toBe(false);
    }
    expect(await end(3)).toMatchObject({ failure: { code: 'authorize.timeout_chain', hop: 4 } });
  });

  test('a device that lost its network is no host’s doing', async () => {
    const { tab, end } = await walk({ isOffline: () => true });
    tab.asks(START);
    expect((await end(LIMITS.hopMs)).failure).toMatchObject({ code: 'authorize.offline', hop: 1 });
  });

  test('a tab of which the browser shows nothing', async () => {
    const { end } = await walk();
    const failure = { code: 'authorize.listener_not_ready', hop: null };
    expect((await end(LIMITS.hopMs)).failure).toMatchObject(failure);
  });
});

describe('a page in the tab', () => {
  test('is for a person once it has not gone on by itself, and ends the chain where nobody comes', async () => {
    const { tab, asksPerson, pass, end } = await walk();
    tab.redirects(START, PAGE);
    tab.showsPage(PAGE);
    await pass(1499);
    expect(asksPerson).toEqual([]);
    await pass(1);
    expect(asksPerson).toEqual(['id.test']);
    expect(await pass(8 * 60_000 - 1)).toBe(false);
    const walked = await end(1);
    expect(walked).toMatchObject({
      chainEnd: { kind: 'page', url: PAGE },
      failure: { code: 'authorize.html_page', hop: 2 },
    });
    expect(walked.hops.at(-1)?.page?.title).toBe('Your consent');
  });

  test('takes a person’s time and none of the chain’s', async () => {
    const { tab, asksPerson, pass, end } = await walk();
    tab.redirects(START, PAGE);
    tab.showsPage(PAGE);
    await pass(5 * 60_000);
    tab.asks('https://id.test/agreed', '2');
    expect(await pass(2000)).toBe(false);
    tab.redirects('https://id.test/agreed', CALLBACK, '2');
    tab.fails(CALLBACK, BLOCKED, '2');
    const walked = await end();
    expect(walked).toMatchObject({ callbackUrl: CALLBACK, failure: null });
    expect(walked.hops.at(-1)?.notes).toContain('after_page');
    expect(asksPerson).toEqual(['id.test', null]);
  });
});
