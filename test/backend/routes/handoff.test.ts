import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { HANDOFF_MS, HandoffReply } from '#protocol/handoff.ts';
import type { Run } from '#protocol/run.ts';

import { addKey } from '../../../backend/access/access-key.ts';
import { claimingHandedNumbers } from '../../../backend/legs/handed-number.ts';
import { handedDigest } from '../../../backend/legs/handoff.ts';
import { LOOPBACK_ONLY } from '../../../backend/sharing.ts';
import { ABANDONED } from '../../../backend/store/close-abandoned-runs.ts';
import type { DoorStore } from '../../../backend/store/door/door-store.ts';
import { openSqliteDoor } from '../../../backend/store/door/open-sqlite-door.ts';
import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import type { RunStore } from '../../../backend/store/run-store.ts';
import { StorageError } from '../../../backend/store/storage-error.ts';
import { ACCESS_KEY, type Bench, call, createRequest, SERVER_KEY, startBench } from '../../support/bench.ts';
import { hashOf, numberOf, readEvents } from '../../support/node-walker.ts';
import { type RawReply, rawCall } from '../../support/raw-call.ts';
import { claim } from '../../support/write-to.ts';
import { openBrowser, walk } from '../simulator/operator-client.ts';

const PUBLIC = 'https://verify.example';
const sharing = { ...LOOPBACK_ONLY, publicUrl: PUBLIC, hosts: ['verify.example'] };
let bench: Bench;
let door: DoorStore;
let key: string;
let clock = Date.now();
const inMemory = createMemoryRunStore();
/** What the store fails with, once, in the place of its next append or claim. */
const faults: { append?: Error; claim?: Error } = {};
const failing = (which: keyof typeof faults) => {
  const error = faults[which];
  delete faults[which];
  if (error) throw error;
};
/** What the next claims are told. */
const answers: Awaited<ReturnType<RunStore['claimSubmission']>>[] = [];
/** In the place of the next append. */
let overtaken: RunStore['append'] | null = null;
const store: RunStore = {
  ...inMemory,
  async append(...given) {
    failing('append');
    const append = overtaken ?? inMemory.append;
    overtaken = null;
    return append(...given);
  },
  async claimSubmission(...given) {
    failing('claim');
    const found = answers.shift();
    return found ?? inMemory.claimSubmission(...given);
  },
};

beforeAll(async () => {
  door = await openSqliteDoor({ folder: null, now: () => clock });
  bench = await startBench({
    door,
    store,
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
const press = (path: string, fields: string[] = []) =>
  phone('POST', path, [
    ...fields,
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

  test('is opened again by its own browser, whose cookie comes with the first look, and by no other', async () => {
    const { id, path } = await handOff();
    const own = [cookieOf(await phone('GET', path))];
    const twice = await Promise.all([press(path, own), press(path, own)]);
    expect(twice.map(({ status }) => status)).toEqual([303, 303]);
    expect(twice.map((one) => cookieOf(one))).toEqual([own[0], own[0]]);
    expect((await phone('GET', path, own)).status).toBe(200);
    const other = [cookieOf(await phone('GET', (await handOff()).path))];
    for (const ask of [press, (at: string, fields: string[]) => phone('GET', at, fields)])
      expect((await ask(path, other)).status).toBe(409);
    expect((await readRun(id)).events.map(({ type }) => type)).toEqual(['created', 'phase', 'phase']);
  });

  test('is opened by a browser that has opened another: each has a secret of its own', async () => {
    const opened = await press((await handOff()).path);
    const next = await press((await handOff()).path, [cookieOf(opened)]);
    expect(next.status).toBe(303);
    expect(cookieOf(next)).not.toBe(cookieOf(opened));
  });

  test('is not burnt where the store fails: the browser has its cookie and presses again', async () => {
    const { path } = await handOff();
    faults.append = new Error('the store failed');
    const refused = await press(path);
    expect([refused.status, refused.headers.get('content-type')]).toEqual([500, 'text/html; charset=utf-8']);
    expect(refused.body).toContain('try again');
    const opened = await press(path, [cookieOf(refused)]);
    expect(opened.status).toBe(303);
    expect((await phone('GET', await walkFrom(opened), [cookieOf(opened)])).status).toBe(303);
  });

  test('of a run that is just called off does not work, whoever writes first', async () => {
    const { id, path } = await handOff();
    await claim(inMemory, id, 'called off');
    expect((await press(path)).status).toBe(404);
    expect((await phone('GET', path)).status).toBe(404);
    expect((await readRun(id)).phase).toBe('code_received');
    // Between the look and the commit.
    const { id: late, path: next } = await handOff();
    overtaken = async () => {
      await claim(inMemory, late, 'called off');
      throw new Error('Another process has carried this run on');
    };
    expect((await press(next)).status).toBe(404);
  });

  test('that cannot be read is refused as a page', async () => {
    const odd = await phone('GET', '/h/a%20b');
    expect([odd.status, odd.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    expect(odd.body).toContain('Copy the whole link');
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

  test.each([
    ['of another run', async () => walkFrom(await press((await handOff()).path))],
    ['without state', async () => '/callback?code=forged'],
    ['with a forged error', async () => '/callback?error=access_denied&state=forged'],
  ])('%s, forged on this phone, uses nothing up: the run still waits (C8, T3)', async (_, forged) => {
    const { id, path } = await handOff();
    const opened = await press(path);
    const before = bench.operator.counters.token;
    expect((await phone('GET', await forged(), [cookieOf(opened)])).status).toBe(404);
    expect((await readRun(id)).phase).toBe('authorizing');
    expect(bench.operator.counters.token).toBe(before);
    expect((await phone('GET', await walkFrom(opened), [cookieOf(opened)])).status).toBe(303);
  });

  test('that the store could not take is brought again by loading it again', async () => {
    const { id, path } = await handOff();
    const opened = await press(path);
    const callback = await walkFrom(opened);
    faults.claim = new StorageError('api.storage_unavailable', 'not now', 'test');
    const refused = await phone('GET', callback, [cookieOf(opened)]);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(refused.body).toContain('load this page again');
    expect((await phone('GET', callback, [cookieOf(opened)])).status).toBe(303);
    await (await ask('GET', `/v1/runs/${id}/events`)).text();
    expect((await readRun(id)).verdict).toBe('match');
  });

  test('of a run that is written to at this moment is judged by what the run is then', async () => {
    const { id, path } = await handOff();
    const opened = await press(path);
    const callback = await walkFrom(opened);
    answers.push('changed', 'changed');
    expect((await phone('GET', callback, [cookieOf(opened)])).status).toBe(303);
    await (await ask('GET', `/v1/runs/${id}/events`)).text();
    expect((await readRun(id)).verdict).toBe('match');
  });

  test('whose request line names a host is judged by path and query alone (RFC 9112 §3.2.2)', async () => {
    const { id, path } = await handOff();
    const opened = await press(path);
    const callback = await walkFrom(opened);
    const back = await phone('GET', `http://elsewhere.example${callback}`, [cookieOf(opened)]);
    expect(back.status).toBe(303);
    await (await ask('GET', `/v1/runs/${id}/events`)).text();
    const run = await readRun(id);
    expect([run.verdict, run.chainEnd?.url?.startsWith(`${PUBLIC}/callback?`)]).toEqual(['match', true]);
  });

  test('with the operator’s error ends the run with it', async () => {
    const { id, path } = await handOff('wifi-access-denied');
    const opened = await press(path);
    await phone('GET', await walkFrom(opened), [cookieOf(opened)]);
    await (await ask('GET', `/v1/runs/${id}/events`)).text();
    expect(await readRun(id)).toMatchObject({ verdict: 'failed', failure: { leg: 'authorize' } });
  });
});

describe('the number of a hand-off is forgotten', () => {
  const forget = async (number: string) =>
    (await ask('POST', '/v1/numbers/forget', { numberHash: hashOf(number) })).json();

  test('also where the desktop called it off, which does not know it any more', async () => {
    const { id } = await handOff('match', '+447700900555');
    const chainEnd = { kind: 'cancelled', url: null, atMs: 5 };
    await (await ask('POST', `/v1/runs/${id}/chain-end`, { hops: [], chainEnd, failure: null })).text();
    expect((await readRun(id)).number).not.toBeNull();
    expect(await forget('+447700900555')).toEqual({ runs: 1 });
    expect((await readRun(id)).number).toBeNull();
  });

  test('also where no phone came back, and what waited sealed is gone with the run', async () => {
    const { id } = await handOff('match', '+447700900556');
    const tools = { door, serverKey: SERVER_KEY, now: () => clock, reportBug: () => undefined };
    expect(await door.sealed.read(`handoff ${id}`)).not.toBeNull();
    // The link is dead, the hash with it, and the backend was away when it would have given the run up.
    clock += HANDOFF_MS + 8 * 3_600_000;
    expect(await door.sealed.read(`handoff ${id}`)).toBeNull();
    expect(await handedDigest(id, tools)).toMatch(/^[0-9a-f]{64}$/);
    expect(await claim(claimingHandedNumbers(store, tools), id, ABANDONED.digest)).toBe('claimed');
    expect(await forget('+447700900556')).toEqual({ runs: 1 });
    expect(await handedDigest(id, tools)).toBeNull();
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

  test('for a run that is called off as the link is made, of which nothing stays sealed', async () => {
    const own = createRequest({ capture: 'handoff' });
    await ask('POST', '/v1/runs', own);
    const { addHandoff } = door;
    onTestFinished(() => void Object.assign(door, { addHandoff }));
    Object.assign(door, {
      addHandoff: async (...given: Parameters<typeof addHandoff>) => {
        const chainEnd = { kind: 'cancelled', url: null, atMs: 5 };
        const path = `/v1/runs/${own.id}/chain-end`;
        await (await ask('POST', path, { hops: [], chainEnd, failure: null })).text();
        return addHandoff(...given);
      },
    });
    const [status, , why] = await reasonOf(bench, own.id, `Bearer ${key}`);
    expect([status, why]).toEqual([409, expect.stringContaining('Start a new one')]);
    const kept = [`handoff ${own.id}`, `handed number ${own.id}`].map((id) => door.sealed.read(id));
    expect(await Promise.all(kept)).toEqual([null, null]);
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
