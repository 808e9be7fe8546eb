import { readFile } from 'node:fs/promises';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { addKey } from '../../backend/access/access-key.ts';
import { offerKey } from '../../backend/access/pairing.ts';
import { LOOPBACK_ONLY } from '../../backend/sharing.ts';
import { chromiumArgs } from '../../backend/simulator/chromium-args.ts';
import type { DoorStore } from '../../backend/store/door/door-store.ts';
import { openSqliteDoor } from '../../backend/store/door/open-sqlite-door.ts';
import type { Run } from '../../protocol/run.ts';
import { findChromium } from '../../setup.mjs';
import { misfits, violations } from '../extension/ui/look-at.ts';
import { AXE } from '../extension/ui/open-pages.ts';
import { type Bench, call, startBench } from '../support/bench.ts';
import { extensionFolder } from '../support/built-extension.ts';
import { freePort } from '../support/free-port.ts';
import { refuseSecrets, secretsOf } from '../support/secret-scan.ts';
import { patient, type StagedBrowser } from '../support/staged-browser.ts';
import { stageChromium } from '../support/staged-chromium.ts';

/** A backend for a team on this machine, the desktop of one of them, and a phone that has no extension. */
let door: DoorStore;
let bench: Bench;
let desktop: StagedBrowser;
let phone: Browser;
let page: Page;
let publicUrl: string;
let key: { key: string; id: string };

beforeAll(async () => {
  const port = await freePort();
  publicUrl = `http://127.0.0.1:${port}`;
  door = await openSqliteDoor({ folder: null, now: Date.now });
  bench = await startBench({ door, port, sharing: { ...LOOPBACK_ONLY, publicUrl } });
  const { operator } = bench;
  desktop = await stageChromium({ operator, extensionFolder: extensionFolder('e2e') });
  phone = await puppeteer.launch({
    executablePath: findChromium()?.path ?? '',
    timeout: 120_000,
    args: ['--no-sandbox', '--disable-gpu', ...chromiumArgs(operator)],
  });
});
afterAll(async () => {
  await Promise.all([desktop?.browser.close(), phone?.close()]);
  await bench?.close();
});

const ask = (message: object): Promise<{ ok: boolean; value?: never; problem?: { code: string } }> =>
  page.evaluate((sent) => chrome.runtime.sendMessage(sent), message);
const runOf = async (id: string): Promise<Run> =>
  (await call(bench, 'GET', `/v1/runs/${id}`, undefined, { authorization: `Bearer ${key.key}` })).json();

/** The phone's own browser, as wide as one, and what is wrong with the page it shows. */
async function onPhone(url: string): Promise<Page> {
  const shown = patient(await phone.newPage());
  await shown.setViewport({ width: 390, height: 700, hasTouch: true, isMobile: true });
  await shown.goto(url);
  return shown;
}
async function wrongWith(shown: Page): Promise<string[]> {
  // By the debugger: the page itself takes no script.
  await shown.evaluate(await readFile(AXE, 'utf8'));
  return [...(await violations(shown)), ...(await misfits(shown))];
}

test('one pasted link pairs a browser, once, and its settings say as whom (B1)', async () => {
  const added = await addKey(door, { label: 'Desktop Berlin', scope: 'run', expiresAt: null }, Date.now());
  key = { key: added.key, id: added.kept.id };
  const link = `${publicUrl}/pair#${await offerKey(door, added.key, Date.now())}`;
  // Who opens it in a browser is told what it is, and has not used it up.
  const opened = await onPhone(link);
  expect(await opened.$eval('body', (body) => body.textContent)).toContain('has not used the link up');
  expect(await wrongWith(opened)).toEqual([]);
  await opened.close();

  page = await desktop.openPage('options.html');
  await page.waitForSelector('#pairing-line');
  await page.type('#pairing-line', link);
  await page.click('#connect');
  await page.waitForSelector('#paired-as[data-scope="run"]');
  expect(await page.$eval('#paired-as', (one) => one.textContent)).toContain('Desktop Berlin');
  expect(await ask({ type: 'pair', line: link })).toMatchObject({ problem: { code: 'pairing_invalid' } });
  // What was refused has not taken the place of what is there.
  expect(await ask({ type: 'access' })).toMatchObject({ ok: true, value: { label: 'Desktop Berlin' } });
});

test('a phone without the extension opens the link, and the desktop sees its match live', async () => {
  page = await desktop.openPage('inspector.html', '#/handoff');
  await page.waitForSelector('#make-link:not([aria-disabled="true"])');
  await page.select('#scenario', 'match');
  await page.click('#make-link');
  await page.waitForSelector('.qr');
  // Closed and opened again it is the same; and so it is when the worker has died meanwhile.
  const link = await page.$eval('#handoff-link', (one) => one.textContent ?? '');
  await page.close();
  await desktop.killBackground();
  page = await desktop.openPage('inspector.html', '#/handoff');
  await page.waitForSelector('.qr');
  expect(await page.$eval('#handoff-link', (one) => one.textContent)).toBe(link);
  const kept = JSON.stringify(await page.evaluate(() => chrome.storage.session.get()));
  refuseSecrets('what the extension keeps', kept, secretsOf(bench.operator));

  const shown = await onPhone(link);
  expect(await shown.$eval('dl', (one) => one.textContent)).toContain('+44 •••• •••901');
  expect(await wrongWith(shown)).toEqual([]);
  await Promise.all([shown.waitForNavigation(), shown.click('button')]);
  expect(await shown.title()).toBe('Done. Look at the other screen');
  expect(shown.url()).toBe(`${publicUrl}/callback/done`);
  expect(await wrongWith(shown)).toEqual([]);

  await page.waitForSelector('[data-verdict="match"]');
  const { id } = await page.evaluate(async () => {
    const { handoff } = (await chrome.storage.session.get('handoff')) as { handoff: { run: { id: string } } };
    return handoff.run;
  });
  const run = await runOf(id);
  expect(run).toMatchObject({ verdict: 'match', capture: 'handoff', hops: [], conditions: {} });
  expect(await page.$eval('.verdict', (one) => one.textContent)).toContain('on another device');

  // Once.
  await shown.goto(link);
  expect(await shown.title()).toBe('This link does not work');
  await shown.close();
});

test('a link that is called off opens nothing, and its run ends as cancelled', async () => {
  await page.click('#next-handoff');
  await page.waitForSelector('#make-link:not([aria-disabled="true"])');
  await page.click('#make-link');
  await page.waitForSelector('.qr');
  const link = await page.$eval('#handoff-link', (one) => one.textContent ?? '');
  // As long as a phone may come back, the key is needed.
  expect(await ask({ type: 'unpair' })).toMatchObject({ problem: { code: 'handoff_active' } });
  await page.click('#cancel-handoff');
  await page.waitForSelector('[data-verdict="cancelled"]');
  const shown = await onPhone(link);
  expect(await shown.title()).toBe('This link does not work');
  expect(await wrongWith(shown)).toEqual([]);
  await shown.close();
});

test('a no that a phone came back with can be asked about once more in the other form, here', async () => {
  await page.click('#next-handoff');
  await page.waitForSelector('#make-link:not([aria-disabled="true"])');
  await page.select('#scenario', 'hash-plain');
  await page.click('#make-link');
  await page.waitForSelector('.qr');
  const shown = await onPhone(await page.$eval('#handoff-link', (one) => one.textContent ?? ''));
  await Promise.all([shown.waitForNavigation(), shown.click('button')]);
  await shown.close();
  await page.waitForSelector('[data-verdict="no_match"]');
  await page.click('#open-doctor');
  await page.waitForSelector('#ask-again:not([disabled])');
  const { number = '' } = bench.operator.scenarios.find(({ name }) => name === 'hash-plain') ?? {};
  await page.type('#number', number);
  await page.click('#ask-again');
  await page.waitForSelector('[data-doctor-answer="true"]');
});

test('unpairing gives the key back: it opens nothing any more (B1)', async () => {
  expect(await ask({ type: 'unpair' })).toEqual({ ok: true, value: { key: 'given_back' } });
  const refused = await call(bench, 'GET', '/v1/profiles', undefined, { authorization: `Bearer ${key.key}` });
  expect(refused.status).toBe(401);
});
