import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { Page, WebWorker } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { addKey } from '../../backend/access/access-key.ts';
import { offerKey } from '../../backend/access/pairing.ts';
import { LOOPBACK_ONLY } from '../../backend/sharing.ts';
import { openSqliteDoor } from '../../backend/store/door/open-sqlite-door.ts';
import { call, createRequest, startBench } from '../support/bench.ts';
import { type E2eStage, startE2e } from '../support/e2e-stage.ts';
import { until } from '../support/staged-browser.ts';
import { savedRun } from '../support/unwatched-run.ts';

let e2e: E2eStage;
let popup: Page;
let otherWorker: WebWorker | null;
let rubbish: Server;
let rubbishPort: number;

beforeAll(async () => {
  e2e = await startE2e({ otherExtensions: [resolve('test/fixtures/other-extension')] });
  // Attached to, it does not fall asleep before it is asked.
  const target = await e2e.browser.waitForTarget((one) => one.url().endsWith('/other-worker.js'));
  otherWorker = await target.worker();
  popup = await e2e.popup();
  rubbish = createServer((_, response) => response.end('<html>It works!</html>'));
  await new Promise<void>((listening) => rubbish.listen(0, '127.0.0.1', listening));
  rubbishPort = (rubbish.address() as AddressInfo).port;
});
afterAll(async () => {
  await e2e.close();
  rubbish.close();
  rubbish.closeAllConnections();
});
afterEach(() => e2e.proxy.mend());

async function ask(message: unknown): Promise<unknown> {
  return popup.evaluate(`chrome.runtime.sendMessage(${JSON.stringify(message)})`);
}

const START = {
  type: 'start',
  number: '+447700900901',
  country: 'GB',
  mask: '+44 •••• •••901',
  profileId: 'simulated',
  scenario: 'match',
  expectation: 'match',
  capture: 'fetch',
};

async function typeNumber(number: string): Promise<void> {
  await popup.waitForSelector('#number');
  await popup.click('#number', { count: 3 });
  await popup.type('#number', number);
  await popup.click('#run');
}

async function textOf(selector: string): Promise<string> {
  await popup.waitForSelector(selector);
  return popup.$eval(selector, (element) => element.textContent ?? '');
}

test.each(['123', '7700 9', '+44 7700 900901 2222', 'not a number'])(
  'the impossible number %s is refused with a sentence before any request (P14)',
  async (number) => {
    const before = e2e.operator.counters.authorize;
    await typeNumber(number);
    // The place for it is there before anything is said in it.
    await popup.waitForFunction("document.querySelector('#number-notes').textContent.length > 20");
    expect(await popup.$('[data-lamp]')).toBeNull();
    expect(e2e.operator.counters.authorize).toBe(before);
  },
);

test('a profile that the backend does not have is refused in its words', async () => {
  expect(await ask({ ...START, profileId: 'gone' })).toMatchObject({
    ok: false,
    problem: { code: 'unknown_profile', detail: expect.stringContaining('Choose another') },
  });
});

test('a backend that is down is a sentence in the popup, the form keeps what was typed, and the next Run works', async () => {
  e2e.proxy.cut();
  expect(await ask(START)).toMatchObject({ ok: false, problem: { code: 'backend_unreachable' } });
  await typeNumber('7700 900901');
  expect((await textOf('[data-problem]')).length).toBeGreaterThan(20);
  expect(await popup.$eval('#number', (field) => (field as HTMLInputElement).value)).toContain('7700');
  e2e.proxy.mend();
  await popup.click('#run');
  await popup.waitForSelector('[data-verdict="match"]');
  await popup.click('#dismiss');
  await popup.waitForSelector('#run');
});

test('something else that answers on the backend’s port is not taken for one', async () => {
  const line = `http://127.0.0.1:${rubbishPort}/#nvi_${'x'.repeat(32)}`;
  expect(await ask({ type: 'pair', line })).toMatchObject({
    ok: false,
    problem: { code: 'backend_not_ours' },
  });
});

test('a wrong key is told from an unreachable backend (B1)', async () => {
  const line = `${e2e.pairingLine.slice(0, -4)}xxxx`;
  expect(await ask({ type: 'pair', line })).toMatchObject({
    ok: false,
    problem: { code: 'backend_refused_key' },
  });
});

test.each(['', 'hello', 'http://127.0.0.1:1/', 'javascript:alert(1)#nvi_aaaaaaaaaaaaaaaaaaaaaaaa'])(
  'the pairing line "%s" is refused as none',
  async (line) => {
    expect(await ask({ type: 'pair', line })).toMatchObject({
      ok: false,
      problem: { code: 'pairing_line_invalid' },
    });
  },
);

test.each<[string, unknown]>([
  ['of an unknown type', { type: 'nonsense' }],
  ['with a number that is no E.164', { ...START, number: '07700900901' }],
  ['with a member too many', { ...START, extra: true }],
  ['that is far too long', { type: 'pair', line: 'x'.repeat(10_000) }],
  ['that is a string', 'start'],
  ['that is null', null],
])('a message %s is answered as invalid and changes nothing (X3)', async (_, message) => {
  expect(await ask(message)).toMatchObject({ ok: false, problem: { code: 'message_invalid' } });
});

test('a web page gets no answer from the extension (X1, PR8)', async () => {
  const page = await e2e.browser.newPage();
  await page.goto(`http://127.0.0.1:${rubbishPort}/`);
  const id = new URL(e2e.extensionOrigin).host;
  const outcome = await page.evaluate((extension) => {
    const api = (
      globalThis as { chrome?: { runtime?: { sendMessage?: (id: string, m: object) => Promise<unknown> } } }
    ).chrome;
    return api?.runtime?.sendMessage
      ? api.runtime.sendMessage(extension, { type: 'unpair' }).then(
          () => 'answered',
          () => 'refused',
        )
      : 'no door';
  }, id);
  expect(outcome).toBe('no door');
  await page.close();
});

test('another extension gets no answer either, whatever it sends (X2, PR8)', async () => {
  const id = new URL(e2e.extensionOrigin).host;
  for (const message of [{ type: 'unpair' }, START, { type: 'pair', line: e2e.pairingLine }]) {
    const outcome = await otherWorker?.evaluate(`send(${JSON.stringify(id)}, ${JSON.stringify(message)})`);
    expect(outcome).toMatch(/^refused/);
  }
});

test('our own page in a frame of another is refused, and the page around it is heard (X4)', async () => {
  const page = await e2e.openPage('options.html');
  await page.evaluate(`new Promise((loaded) => {
    const frame = document.createElement('iframe');
    frame.addEventListener('load', loaded);
    frame.src = 'options.html';
    document.body.append(frame);
  })`);
  const [frame] = page.mainFrame().childFrames();
  for (const message of [{ type: 'hello' }, { type: 'unpair' }, START]) {
    expect(await frame?.evaluate(`chrome.runtime.sendMessage(${JSON.stringify(message)})`)).toEqual({
      ok: false,
      problem: { code: 'sender_rejected', detail: null },
    });
  }
  expect(await page.evaluate("chrome.runtime.sendMessage({ type: 'hello' })")).toEqual({
    ok: true,
    value: null,
  });
  await page.close();
});

test('a page of ours that floods the background starts one run, and takes input meanwhile (X15)', async () => {
  const page = await e2e.openPage('inspector.html', '#/inspect');
  await page.waitForSelector('textarea');
  const before = e2e.operator.counters.authorize;
  // The run that is begun stays under way: after its end another may begin.
  e2e.proxy.stallAfter('event: phase');
  // Five hundred in a second, as a page that asks again with every answer would.
  const flood = page.evaluate(`(async () => {
    let answered = 0;
    const takenAfter = [];
    document.querySelector('textarea').addEventListener('input', () => takenAfter.push(answered));
    const send = (at) => new Promise((due) => setTimeout(due, at * 2))
      .then(() => chrome.runtime.sendMessage(${JSON.stringify(START)}))
      .then((reply) => { answered += 1; return reply.ok || reply.problem.code; });
    const replies = await Promise.all(Array.from({ length: 500 }, (_, at) => send(at)));
    return { replies, takenAfter };
  })()`) as Promise<{ replies: (true | string)[]; takenAfter: number[] }>;
  const typed = 'https://api.operator.test/';
  await page.type('textarea', typed);
  const { replies, takenAfter } = await flood;
  e2e.proxy.cut();
  e2e.proxy.mend();
  expect(replies.filter((one) => one === true)).toHaveLength(1);
  expect(replies.filter((one) => one !== true && one !== 'run_active')).toEqual([]);
  expect(await page.$eval('textarea', (field) => field.value)).toBe(typed);
  expect(takenAfter.filter((answered) => answered < 500).length).toBeGreaterThan(0);
  await until(async () => (await savedRun(page))?.run.verdict === 'match');
  expect(e2e.operator.counters.authorize).toBe(before + 1);
  await page.close();
});

test('nothing that a page or another extension sends changes a shared backend, not even with a right key (B2, B3, B4)', async () => {
  const door = await openSqliteDoor({ folder: null });
  const sharing = { ...LOOPBACK_ONLY, publicUrl: 'https://verify.example', hosts: ['verify.example'] };
  const bench = await startBench({ door, sharing });
  const { port } = new URL(bench.url);
  const { key } = await addKey(door, { label: 'x', scope: 'admin', expiresAt: null }, Date.now());
  const code = await offerKey(door, key, Date.now());
  const stateOf = async () => ({
    runs: await (
      await call(bench, 'GET', '/v1/runs/count', undefined, { authorization: `Bearer ${key}` })
    ).json(),
    keys: (await door.keys()).map(({ lastUsedAt: _, ...kept }) => kept),
  });
  const before = await stateOf();
  const bodies = { '/v1/runs': JSON.stringify(createRequest()), '/pair': JSON.stringify({ code }) };

  const page = await e2e.browser.newPage();
  const statuses = () =>
    bench.log.flatMap((line): number[] => {
      const { msg, method, status } = JSON.parse(line);
      return msg === 'answered' && method === 'POST' ? [status] : [];
    });
  const sendAll = async (host: string) => {
    const backend = `http://${host}:${port}`;
    for (const [path, body] of Object.entries(bodies)) {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
        await page.evaluate(
          `(() => {
            const frame = document.body.appendChild(document.createElement('iframe'));
            frame.name = 'f' + Math.random();
            const form = document.body.appendChild(document.createElement('form'));
            Object.assign(form, { method: 'post', action: '${backend}${path}', enctype: '${type}', target: frame.name });
            const field = form.appendChild(document.createElement('input'));
            // A form of plain text is name=value: the name is all but the end of the JSON.
            [field.name, field.value] = [${JSON.stringify(body.slice(0, -2))}, ${JSON.stringify(body.slice(-2))}];
            form.submit();
          })()`,
        );
      }
      for (const type of ['application/json', 'text/plain']) {
        await page.evaluate(
          `fetch('${backend}${path}', { method: 'POST', mode: 'no-cors', body: ${JSON.stringify(body)},
            headers: { 'content-type': '${type}', authorization: 'Bearer ${key}' } }).catch(() => null)`,
        );
      }
    }
  };
  await page.goto(`http://127.0.0.1:${rubbishPort}/`);
  await sendAll('127.0.0.1');
  // Under a name that is not ours, as after DNS rebinding.
  await sendAll('[::ffff:127.0.0.1]');
  // Two places, two paths, two forms and two fetches.
  await until(async () => statuses().length === 16);
  expect(new Set(statuses())).toEqual(new Set([403]));
  await page.close();

  const asExtension = (path: string, body: string) =>
    otherWorker?.evaluate(
      `fetch('${bench.url}${path}', { method: 'POST', body: ${JSON.stringify(body)},
        headers: { 'content-type': 'application/json', authorization: 'Bearer ${key}' } }).then((answer) => answer.status)`,
    );
  for (const [path, body] of Object.entries(bodies)) expect(await asExtension(path, body)).toBe(403);

  expect(await stateOf()).toEqual(before);
  // Nor has anybody used the link up.
  const fetched = await call(bench, 'POST', '/pair', { code }, { authorization: '' });
  expect(await fetched.json()).toMatchObject({ key });
  await bench.close();
});
