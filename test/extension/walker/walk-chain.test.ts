import { describe, expect, test, vi } from 'vitest';

import type { Limits } from '#protocol/profile.ts';
import { createPseudonyms } from '#protocol/pseudonyms.ts';

import { type WalkTools, walkChain } from '../../../extension/walker/walk-chain.ts';
import { type Scripted, scriptBrowser } from './scripted-browser.ts';

const REDIRECT_URI = 'https://app.example/callback';
const CALLBACK = `${REDIRECT_URI}?code=the-code&state=our-state`;
const LIMITS: Limits = { hops: 10, hopMs: 10_000, chainMs: 30_000 };

/** Walks from `https://api.test/`, to hosts of one letter. */
async function walk(
  answer: (url: URL, times: number) => Scripted,
  {
    limits = LIMITS,
    redirectUri = REDIRECT_URI,
    ...change
  }: Partial<WalkTools> & { limits?: Limits; redirectUri?: string | null } = {},
) {
  const { traffic, asked } = scriptBrowser(answer);
  const journal: string[] = [];
  const tools: WalkTools = {
    traffic,
    pseudonyms: createPseudonyms(),
    cancelled: new AbortController().signal,
    isPermitted: async () => true,
    askPermission: async () => false,
    isOffline: () => false,
    progress: (hops, next) => journal.push(`${hops.length} hops, next ${next?.url ?? 'none'}`),
    ...change,
  };
  const authorizeUrl = 'https://api.test/?state=our-state';
  const profile = { redirectUri, hosts: [], limits };
  return { ...(await walkChain({ authorizeUrl, profile }, tools)), asked, journal };
}

const redirect = (location: string): Scripted => ({ location });
const onTo = (...locations: string[]) => {
  const left = [...locations];
  return (): Scripted => redirect(left.shift() ?? CALLBACK);
};

describe('a whole chain', () => {
  test('ends at redirect_uri, which is not asked, with the code in clear for the backend alone (PR1, PR3)', async () => {
    const walked = await walk(onTo('https://a.test/', 'https://b.test/'));
    expect(walked.asked).toEqual(['https://api.test/?state=our-state', 'https://a.test/', 'https://b.test/']);
    expect(walked).toMatchObject({ callbackUrl: CALLBACK, failure: null, chainEnd: { kind: 'callback' } });
    expect(JSON.stringify([walked.hops, walked.chainEnd])).not.toMatch(/the-code|our-state/);
  });

  test('is journaled once a hop, each time with the hops before it', async () => {
    const { journal } = await walk(onTo('https://a.test/', 'https://b.test/'));
    expect(journal).toEqual([
      '0 hops, next https://api.test/?state=‹state:1›',
      '1 hops, next https://a.test/',
      '2 hops, next https://b.test/',
    ]);
  });
});

describe('a request that names no redirect_uri', () => {
  const redirectUri = null;
  const chain = () => onTo('https://a.test/', 'https://a.test/next?error=x', CALLBACK);

  test('stops before whatever looks like an answer, and asks nobody there (PR1, RFC 6749 §4.1.2)', async () => {
    const walked = await walk(chain(), { redirectUri, askToGoOn: async () => false });
    expect(walked.asked).toEqual(['https://api.test/?state=our-state', 'https://a.test/']);
    expect(walked).toMatchObject({ chainEnd: { kind: 'callback' }, failure: null });
  });

  test('goes on where a person says so, one URL at a time', async () => {
    const questions: string[] = [];
    const askToGoOn = async (url: URL) => questions.push(url.href) === 1;
    const walked = await walk(chain(), { redirectUri, askToGoOn });
    expect(questions).toEqual(['https://a.test/next?error=x', CALLBACK]);
    expect(walked.asked).not.toContain(CALLBACK);
  });

  test('with nobody to ask it stops', async () => {
    expect((await walk(chain(), { redirectUri })).asked).toHaveLength(2);
  });
});

describe('a host that is not allowed', () => {
  const chain = () => onTo('https://a.test/', 'https://forbidden.test/');
  const isPermitted = async (url: URL) => url.hostname !== 'forbidden.test';

  test('is not asked, and nobody else is blamed for it (A1, A16, A28)', async () => {
    const walked = await walk(chain(), { isPermitted });
    expect(walked.asked).not.toContain('https://forbidden.test/');
    expect(walked).toMatchObject({
      chainEnd: { kind: 'refused', url: 'https://forbidden.test/' },
      failure: { code: 'authorize.no_host_permission', hop: 2, retry: 'safe' },
    });
    expect(walked.hops).toHaveLength(2);
    expect(walked.journal.at(-1)).toBe('2 hops, next none');
  });

  test('at the very first is no hop’s failure (A1)', async () => {
    const walked = await walk(chain(), { isPermitted: async () => false });
    expect(walked.asked).toEqual([]);
    expect(walked).toMatchObject({ hops: [], failure: { code: 'authorize.no_host_permission', hop: null } });
  });

  test('whose permission was taken back before it is named as that (A1)', async () => {
    const walked = await walk(chain(), { isPermitted, wasRevoked: () => true });
    expect(walked.failure).toMatchObject({ code: 'authorize.permission_revoked', hop: 2 });
  });

  test('any more while it is asked, is no fault of its own (A1)', async () => {
    for (const said of ['unheard', { error: 'net::ERR_FAILED' }] as const) {
      let allowed = true;
      const revoking = () => {
        allowed = false;
        return said;
      };
      const walked = await walk(revoking, { isPermitted: async () => allowed });
      expect(walked.failure).toMatchObject({ code: 'authorize.permission_revoked', hop: 1 });
    }
  });

  test('is asked once it is allowed, however long that took (A16)', async () => {
    const limits = { ...LIMITS, chainMs: 1000 };
    const askPermission = () => new Promise<boolean>((allow) => setTimeout(() => allow(true), 1100));
    const walked = await walk(chain(), { isPermitted, askPermission, limits });
    expect(walked.chainEnd.kind).toBe('callback');
    expect(walked.chainEnd.atMs).toBeGreaterThan(1000);
  });

  test('although it was a hop ago, because the permission was taken away, is noticed (A2)', async () => {
    let asked = 0;
    const walked = await walk(onTo('https://a.test/1', 'https://a.test/2', 'https://a.test/3'), {
      isPermitted: async () => {
        asked += 1;
        return asked < 3;
      },
    });
    expect(walked.failure?.code).toBe('authorize.no_host_permission');
    expect(walked.asked).toHaveLength(2);
  });
});

describe('Cancel', () => {
  test('in mid-hop ends the chain there, with the hop and no failure (C15)', async () => {
    const cancel = new AbortController();
    const silent = () => {
      setTimeout(() => cancel.abort());
      return 'silence' as const;
    };
    const walked = await walk(silent, { cancelled: cancel.signal });
    expect(walked).toMatchObject({ chainEnd: { kind: 'cancelled' }, failure: null, callbackUrl: null });
    expect(walked.hops.map(({ error }) => error)).toEqual([null]);
  });

  test('drops a code that arrives with it (C15)', async () => {
    const cancel = new AbortController();
    const late = () => {
      cancel.abort();
      return redirect(CALLBACK);
    };
    expect(await walk(late, { cancelled: cancel.signal })).toMatchObject({
      chainEnd: { kind: 'cancelled' },
      callbackUrl: null,
      failure: null,
    });
  });

  test('while a permission is waited for asks nobody any more (C15)', async () => {
    const cancel = new AbortController();
    const walked = await walk(onTo(), {
      cancelled: cancel.signal,
      isPermitted: async () => false,
      askPermission: async () => {
        cancel.abort();
        return true;
      },
    });
    expect(walked).toMatchObject({ chainEnd: { kind: 'cancelled' }, failure: null });
    expect(walked.asked).toEqual([]);
  });
});

describe('time', () => {
  test('of a hop runs out as its own, of the chain as the chain’s (A37, A48)', async () => {
    const silent = () => 'silence' as const;
    const hop = await walk(silent, { limits: { ...LIMITS, hopMs: 60 } });
    expect(hop).toMatchObject({ chainEnd: { kind: 'error' }, failure: { code: 'authorize.timeout_hop' } });
    const chain = await walk(silent, { limits: { ...LIMITS, chainMs: 60 } });
    expect(chain.failure).toMatchObject({ code: 'authorize.timeout_chain', hop: 1 });
    expect(chain.hops[0]?.error?.code).toBe('timeout');
  });
});

describe('a device', () => {
  const broken = () => ({ error: 'net::ERR_NAME_NOT_RESOLVED' });

  test('that is offline is why, and not the host (A43)', async () => {
    const { failure } = await walk(broken, { isOffline: () => true });
    expect(failure?.code).toBe('authorize.offline');
    expect((await walk(broken)).failure?.code).toBe('authorize.dns');
  });

  test('that goes offline while a hop is silent is why the hop ran out of time (A43)', async () => {
    const limits = { ...LIMITS, hopMs: 60 };
    const { failure } = await walk(() => 'silence' as const, { limits, isOffline: () => true });
    expect(failure?.code).toBe('authorize.offline');
  });

  test('that slept while a hop was under way has it noted: the wall clock went on (A48)', async () => {
    const wall = vi.spyOn(Date, 'now');
    let now = 1_000_000;
    wall.mockImplementation(() => now);
    const { hops } = await walk(() => {
      now += 600_000;
      return { error: 'net::ERR_TIMED_OUT' };
    });
    wall.mockRestore();
    expect(hops[0]?.notes).toContain('device_slept');
  });

  test('whose listeners tell nothing of an answer leaves no run that looks walked (A3)', async () => {
    const { failure, chainEnd, callbackUrl } = await walk(() => 'unheard');
    expect([failure?.code, chainEnd.kind, callbackUrl]).toEqual([
      'authorize.listener_not_ready',
      'error',
      null,
    ]);
  });

  test('whose network changed is told so (A43)', async () => {
    const { failure } = await walk(() => ({ error: 'net::ERR_NETWORK_CHANGED' }));
    expect(failure?.code).toBe('authorize.network_changed');
  });
});

describe('http that Firefox turns into https by itself', () => {
  const upgraded = (location: string): Scripted => ({ location, overTls: true });

  test('is a mark before the hop it became, and what comes next is read against that (A15)', async () => {
    const walked = await walk(({ host, pathname }) => {
      if (pathname === '/on') return redirect(CALLBACK);
      return host === 'api.test' ? redirect('http://he.test/') : upgraded('/on');
    });
    expect(walked.asked).toEqual([
      'https://api.test/?state=our-state',
      'http://he.test/',
      'https://he.test/on',
    ]);
    expect(walked.chainEnd.kind).toBe('callback');
    expect(walked.hops.map(({ index, madeBy, url, status }) => [index, madeBy, url, status])).toEqual([
      [1, 'network', 'https://api.test/?state=‹state:1›', 302],
      [1, 'browser', 'http://he.test/', null],
      [2, 'network', 'https://he.test/', 302],
      [3, 'network', 'https://he.test/on', 302],
    ]);
    expect(walked.hops[1]).toMatchObject({ location: null, nextUrl: 'https://he.test/' });
    expect(walked.hops[1]?.notes).toContain('upgraded_by_browser');
    expect(walked.hops[2]?.notes).not.toContain('plain_http');
  });

  test('has been asked for over https as well, so that going there is a loop (A19)', async () => {
    const walked = await walk(({ host }) =>
      host === 'api.test' ? redirect('http://he.test/') : upgraded('https://he.test/'),
    );
    expect(walked.failure?.code).toBe('authorize.loop');
  });
});

test('coming back is a loop, unless a cookie was set since (A19)', async () => {
  const again = await walk(() => redirect('https://a.test/'));
  expect(again.failure).toMatchObject({ code: 'authorize.loop', hop: 2 });
  expect(again.asked).toHaveLength(2);
  const changed = await walk((_, times) =>
    times < 3 ? { location: 'https://a.test/', cookie: `n=${times}` } : redirect(CALLBACK),
  );
  expect(changed.chainEnd.kind).toBe('callback');
});

test('a page ends the chain, and its title is in the record as text (A21)', async () => {
  const page = '<title>Hello +447700900907</title><input type=tel>';
  const walked = await walk(() => new Response(page, { headers: { 'content-type': 'text/html' } }));
  expect(walked).toMatchObject({ chainEnd: { kind: 'page' }, failure: { code: 'authorize.html_page' } });
  expect(walked.hops[0]?.page).toMatchObject({ title: 'Hello ‹number:1›', shows: ['number_field'] });
});
