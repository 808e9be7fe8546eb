import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { HANDOFF_MS, HandoffReply } from '#protocol/handoff.ts';
import type { Run } from '#protocol/run.ts';

import { addKey } from '../../../backend/access/access-key.ts';
import { LOOPBACK_ONLY } from '../../../backend/sharing.ts';
import { openSqliteDoor } from '../../../backend/store/door/open-sqlite-door.ts';
import { ACCESS_KEY, type Bench, call, createRequest, startBench } from '../../support/bench.ts';
import { hashOf, numberOf, readEvents } from '../../support/node-walker.ts';
import { type RawReply, rawCall } from '../../support/raw-call.ts';
import { openBrowser, walk } from '../simulator/operator-client.ts';

const PUBLIC = 'https://verify.example';
const sharing = { ...LOOPBACK_ONLY, publicUrl: PUBLIC, hosts: ['verify.example'] };
let bench: Bench;
let key: string;
let clock = Date.now();

beforeAll(async () => {
  const door = await openSqliteDoor({ folder: null, now: () => clock });
  bench = await startBench({
    door,
    sharing,
    now: () => clock,
    variants: (one) => [
      { ...one, profile: { ...one.profile, id: 'elsewhere', redirectUri: 'https://app.example/cb' } },
    ],
  });
  ({ key } = await addKey(door, { label: 'Desktop', scope: 'run', expiresAt: null }, clock));
});
afterAll(() => bench.close());

const ask = (method: string, path: string, body?: unknown) =>
  call(bench, method, path, body, { authorization: `Bearer ${key}` });

/** What the phone's browser asks, by the name the world has for this backend. */
const phone = (method: string, path: string, fields: string[] = []): Promise<RawReply> =>
  rawCall(bench.url, [`${method} ${path} HTTP/1.1`, 'host: verify.example', ...fields]);
const press = (path: string) =>
  phone('POST', path, [
    `origin: ${PUBLIC}`,
    'content-type: application/x-www-form-urlencoded',
    'content-length: 0',
  ]);
const cookieOf = ({ headers }: RawReply) => `cookie: ${headers.get('set-cookie')?.split(';')[0]}`;

interface HandedOff {
  id: string;
  path: string;
  offer: HandoffReply;
}

async function handOff(scenario = 'match', number = numberOf(bench, scenario)): Promise<HandedOff> {
  const request = createRequest({ capture: 'handoff', scenario, startedAt: clock });
  expect((await ask('POST', '/v1/runs', request)).status).toBe(201);
  const reply = await ask('POST', `/v1/runs/${request.id}/handoff`, { numberHash: hashOf(number) });
  const offer = HandoffReply.parse(await reply.json());
  expect(offer.link.startsWith(`${PUBLIC}/h/`)).toBe(true);
  return { id: request.id, path: new URL(offer.link).pathname, offer };
}

/** Up to where the operator leads the phone back. */
async function walkFrom(opened: RawReply): Promise<string> {
  const browser = openBrowser(bench.operator);
  const { callback } = await walk(bench.operator, browser, opened.headers.get('location') ?? '');
  await browser.close();
  if (!callback) throw new Error('The operator did not lead back');
  return `${callback.pathname}${callback.search}`;
}

const readRun = async (id: string): Promise<Run> => (await ask('GET', `/v1/runs/${id}`)).json();
const phases = (text: string) =>
  readEvents(text).events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []));

describe('a run handed to a phone', () => {
  test('is walked by the phone’s own browser and seen live at the desktop, marked as handed off', async () => {
    const { id, path } = await handOff();
    const live = ask('GET', `/v1/runs/${id}/events`).then((response) => response.text());
    const page = await phone('GET', path);
    expect(page.status).toBe(200);
    expect(page.body).toContain('+44 •••• •••901');
    expect(page.body).toContain('cannot be seen');
    const opened = await press(path);
    expect([opened.status, opened.headers.get('cache-control')]).toEqual([303, 'no-store']);
    expect(opened.headers.get('set-cookie')).toMatch(
      /^__Host-nvi-handoff=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600; Secure$/,
    );

    const back = await phone('GET', await walkFrom(opened), [cookieOf(opened)]);
    expect([back.status, back.headers.get('location')]).toEqual([303, '/callback/done']);
    expect((await phone('GET', '/callback/done')).body).toContain('Look at the other screen');

    expect(phases(await live)).toEqual(['waiting', 'authorizing', 'code_received', 'redeeming', 'verifying']);
    const run = await readRun(id);
    expect(run).toMatchObject({
      verdict: 'match',
      capture: 'handoff',
      hops: [],
      chainEnd: { kind: 'callback' },
    });
    expect(run.chainEnd?.url).toBe(
      `${PUBLIC}/callback?code=‹code:1›&state=‹state:1›&correlation_id=${run.correlationId}`,
    );
  });

  test('with another number ends as no match: the hash sealed at the desktop is the one that is asked about', async () => {
    const { id, path } = await handOff('match', '+447700900999');
    const opened = await press(path);
    await phone('GET', await walkFrom(opened), [cookieOf(opened)]);
    const live = await (await ask('GET', `/v1/runs/${id}/events`)).text();
    expect(live).toContain('"verdict":"no_match"');
  });

  test('asked for again, has the same link', async () => {
    const { id, offer } = await handOff();
    const again = await ask('POST', `/v1/runs/${id}/handoff`, { numberHash: hashOf('+447700900901') });
    expect(await again.json()).toEqual(offer);
  });
});

describe('a link', () => {
  test('looked at opens nothing: messengers and scanners look, too', async () => {
    const { id, path } = await handOff();
    for (const method of ['GET', 'HEAD', 'GET']) expect((await phone(method, path)).status).toBe(200);
    expect((await readRun(id)).phase).toBe('waiting');
  });

  test('is opened by one of many browsers', async () => {
    const { path } = await handOff();
    const answers = await Promise.all(Array.from({ length: 10 }, () => press(path)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      303,
      ...Array.from({ length: 9 }, () => 409),
    ]);
    expect((await phone('GET', path)).body).toContain('opened before');
  });

  test('runs out after ten minutes, and with its run', async () => {
    const { path } = await handOff();
    const { id, path: cancelled } = await handOff();
    const chainEnd = { kind: 'cancelled', url: null, atMs: 5 };
    await (await ask('POST', `/v1/runs/${id}/chain-end`, { hops: [], chainEnd, failure: null })).text();
    expect((await phone('GET', cancelled)).status).toBe(404);
    expect((await press(cancelled)).status).toBe(404);
    clock += HANDOFF_MS + 1000;
    expect((await phone('GET', path)).status).toBe(404);
    expect((await press(path)).status).toBe(404);
  });

  test.each([['https://evil.test'], ['null']])('is not opened by a form of %s (B3)', async (origin) => {
    const { path } = await handOff();
    const form = ['content-type: application/x-www-form-urlencoded', 'content-length: 0'];
    expect((await phone('POST', path, [`origin: ${origin}`, ...form])).status).toBe(403);
    expect((await press(path)).status).toBe(303);
  });

  test('guessed is a page that says what to do', async () => {
    const guessed = await phone('GET', `/h/${'A'.repeat(22)}`);
    expect([guessed.status, guessed.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(guessed.body).toContain('Ask for a new one');
  });
});

describe('a callback', () => {
  test('without the cookie of the browser that opened the link ends nothing (C8)', async () => {
    const { id, path } = await handOff();
    const opened = await press(path);
    const callback = await walkFrom(opened);
    const stolen = [[], ['cookie: __Host-nvi-handoff=AAAAAAAAAAAAAAAAAAAAAA'], ['cookie: nvi-handoff=x']];
    for (const fields of stolen) expect((await phone('GET', callback, fields)).status).toBe(404);
    expect((await readRun(id)).phase).toBe('authorizing');
    expect((await phone('HEAD', callback, [cookieOf(opened)])).status).toBe(401);
    expect((await phone('GET', callback, [cookieOf(opened)])).status).toBe(303);
  });

  test('counts once, and its code is sent once (PR5)', async () => {
    const { id, path } = await handOff();
    const opened = await press(path);
    const callback = await walkFrom(opened);
    const before = bench.operator.counters.token;
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => phone('GET', callback, [cookieOf(opened)])),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      303,
      ...Array.from({ length: 9 }, () => 404),
    ]);
    await (await ask('GET', `/v1/runs/${id}/events`)).text();
    expect(bench.operator.counters.token - before).toBe(1);
  });

  test('of another run, brought by this phone, is judged like any other: state does not fit (C8, T3)', async () => {
    const [one, other] = [await handOff(), await handOff()];
    const [openedOne, openedOther] = [await press(one.path), await press(other.path)];
    const before = bench.operator.counters.token;
    await phone('GET', await walkFrom(openedOther), [cookieOf(openedOne)]);
    await (await ask('GET', `/v1/runs/${one.id}/events`)).text();
    expect((await readRun(one.id)).failure?.code).toBe('callback.state_mismatch');
    expect(bench.operator.counters.token).toBe(before);
  });

  test('with the operator’s error ends the run with it', async () => {
    const { id, path } = await handOff('wifi-access-denied');
    const opened = await press(path);
    await phone('GET', await walkFrom(opened), [cookieOf(opened)]);
    await (await ask('GET', `/v1/runs/${id}/events`)).text();
    expect(await readRun(id)).toMatchObject({ verdict: 'failed', failure: { leg: 'authorize' } });
  });
});

describe('a hand-off is refused, with the reason', () => {
  const reasonOf = async (on: Bench, id: string, authorization: string) => {
    const reply = await call(
      on,
      'POST',
      `/v1/runs/${id}/handoff`,
      { numberHash: hashOf('x') },
      { authorization },
    );
    const { error } = await reply.json();
    return [reply.status, error.code, error.message];
  };

  test('for a run that its own browser walks, and for one that is over', async () => {
    const own = createRequest();
    await ask('POST', '/v1/runs', own);
    const refused = [409, 'api.handoff_refused'];
    expect(await reasonOf(bench, own.id, `Bearer ${key}`)).toEqual([
      ...refused,
      expect.stringContaining('by the browser'),
    ]);
    const { id } = await handOff();
    const chainEnd = { kind: 'cancelled', url: null, atMs: 5 };
    await (await ask('POST', `/v1/runs/${id}/chain-end`, { hops: [], chainEnd, failure: null })).text();
    expect(await reasonOf(bench, id, `Bearer ${key}`)).toEqual([
      ...refused,
      expect.stringContaining('Start a new one'),
    ]);
  });

  test('where the backend has no public address, and where redirect_uri leads elsewhere', async () => {
    const elsewhere = createRequest({ capture: 'handoff', profileId: 'elsewhere' });
    await ask('POST', '/v1/runs', elsewhere);
    const [, , why] = await reasonOf(bench, elsewhere.id, `Bearer ${key}`);
    expect(why).toContain('https://app.example/cb');
    expect(why).toContain(`${PUBLIC}/callback`);

    const alone = await startBench();
    try {
      const request = createRequest({ capture: 'handoff' });
      await call(alone, 'POST', '/v1/runs', request);
      expect((await reasonOf(alone, request.id, `Bearer ${ACCESS_KEY}`))[2]).toContain('NV_PUBLIC_URL');
    } finally {
      await alone.close();
    }
  });
});
