import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { chooseAndRun, startOver } from '../../backend/demo/drive-popup.ts';
import { launchChromium, openExtensionPage } from '../../backend/demo/launch-chromium.ts';

import type { PendingRun } from '../../extension/runner/pending-run.ts';
import { findChromium } from '../../setup.mjs';
import { extensionFolder } from '../support/built-extension.ts';
import { type E2eStage, startE2e } from '../support/e2e-stage.ts';
import { hopsOnDisk } from '../support/hops-on-disk.ts';
import { until } from '../support/staged-browser.ts';

let e2e: E2eStage;
let profile: string;
let relaunched: Browser | null = null;
let tokensBefore: number;

// One browser for all, which the last test kills.
beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'nvi-profile-'));
  e2e = await startE2e({ extraArgs: [`--user-data-dir=${profile}`] });
});
afterAll(async () => {
  await relaunched?.close();
  await e2e.close();
  await rm(profile, { recursive: true, force: true });
});
beforeEach(async () => {
  const popup = await e2e.popup();
  if (await popup.$('#dismiss')) await startOver(popup);
  tokensBefore = e2e.operator.counters.token;
});

const tokensSpent = () => e2e.operator.counters.token - tokensBefore;

/** In the answer that opens a run, and in no other: a profile names its authorizeUrl as well. */
const RUN_OPENED = 'response_type=';

/** Does something to a store on disk, which the script knows as `store`. */
async function writeDisk(page: Page, name: string, script: string): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const opening = indexedDB.open('kept-hops');
    opening.onsuccess = () => {
      const db = opening.result;
      const writing = db.transaction('${name}', 'readwrite');
      const store = writing.objectStore('${name}');
      ${script};
      writing.oncomplete = () => { db.close(); resolve(); };
    };
  })`);
}

/** As many records as are kept at most, of a version that this one does not know. */
const FILL = "for (let at = 0; at < 50; at += 1) store.put({ id: 'newer-' + at, schema: 2 })";

async function pendingIn(page: Page): Promise<PendingRun> {
  const stored = (await page.evaluate("chrome.storage.session.get('pendingRun')")) as {
    pendingRun: PendingRun;
  };
  return stored.pendingRun;
}

/** A run whose code has come while the backend is away. */
async function holdCode(): Promise<{ popup: Page; pending: PendingRun }> {
  const popup = await e2e.popup();
  const cut = e2e.proxy.cutAfter(RUN_OPENED);
  await chooseAndRun(popup, 'match');
  await cut;
  await popup.waitForSelector('#held-code');
  return { popup, pending: await pendingIn(popup) };
}

test('a code that came while the backend was away is held in memory, its hops on disk without it, and is redeemed once when the backend is back (C16, PR3, PR5)', async () => {
  const { popup, pending } = await holdCode();
  if (pending.submission?.kind !== 'callback') throw new TypeError('no code is held');
  const { callbackUrl, numberHash, hops } = pending.submission.body;
  const code = new URL(callbackUrl).searchParams.get('code') ?? '';
  const [kept] = await hopsOnDisk(popup);
  expect(kept).toMatchObject({ id: pending.create.id, report: { hops }, refused: false });
  for (const secret of [code, numberHash, e2e.accessKey])
    expect(JSON.stringify(kept).includes(secret)).toBe(false);

  // Nobody presses anything: the backend comes back, and that is enough.
  e2e.proxy.mend();
  await popup.waitForSelector('[data-verdict="match"]');
  expect(tokensSpent()).toBe(1);
  await until(async () => (await hopsOnDisk(popup)).length === 0);
  expect((await e2e.readRun(pending.create.id)).hops).toEqual(hops);
});

test('a code that is older than a minute is not sent: the run says so, here at once and at the backend once it is back; a full disk store makes no room by itself (C16, PR5, S1, S4)', async () => {
  await writeDisk(await e2e.popup(), 'runs', FILL);
  const { popup, pending } = await holdCode();
  // As many as are kept are there already: none of them goes, and this one is said not to be kept.
  expect(await popup.$eval('.banner', (banner) => banner.textContent)).toContain('could not be kept');
  expect(await hopsOnDisk(popup)).toHaveLength(50);
  const old = { ...pending, codeSeenAt: (pending.codeSeenAt ?? 0) - 61_000 };
  await popup.evaluate(`chrome.storage.session.set({ pendingRun: ${JSON.stringify(old)} })`);
  await e2e.killWorker();
  await popup.waitForSelector('[data-verdict="failed"]');
  expect(await popup.$('#held-code')).toBeNull();

  e2e.proxy.mend();
  await popup.click('#hand-over-again');
  await until(async () => (await pendingIn(popup)) === undefined);
  await popup.waitForSelector('[data-stage="done"]');
  const run = await e2e.readRun(pending.create.id);
  expect(run).toMatchObject({
    verdict: 'failed',
    failure: { code: 'callback.code_expired_locally', codeSpent: 'no' },
    cause: { code: 'backend_away', owner: 'backend' },
    chainEnd: { kind: 'callback' },
  });
  expect(run.hops).toHaveLength(pending.submission?.body.hops.length ?? 0);
  expect(tokensSpent()).toBe(0);
  // What another version wrote is set aside, not thrown away (S4).
  await until(async () => (await hopsOnDisk(popup)).length === 0);
  expect(await hopsOnDisk(popup, 'aside')).toHaveLength(50);
  await writeDisk(popup, 'aside', 'store.clear()');
});

test('a browser that is killed in mid-chain has the hops it saw, says that they are not yet saved, and hands them over (S2, S3, X5, X13)', async () => {
  const popup = await e2e.popup();
  await chooseAndRun(popup, 'hop-hangs');
  await until(async () => (await hopsOnDisk(popup))[0]?.report.hops.length === 2);
  const id = (await hopsOnDisk(popup))[0]?.id ?? '';
  e2e.proxy.cut();
  const gone = new Promise((closed) => e2e.browser.process()?.once('exit', closed));
  e2e.browser.process()?.kill('SIGKILL');
  await gone;

  relaunched = await launchChromium({
    executablePath: findChromium()?.path ?? '',
    extensionFolder: extensionFolder('e2e'),
    operator: e2e.operator,
    headless: true,
    extraArgs: [`--user-data-dir=${profile}`],
  });
  const page = await openExtensionPage(relaunched, 'inspector.html');
  expect(await pendingIn(page)).toBeUndefined();
  page.setDefaultTimeout(90_000);
  await page.evaluate("location.hash = '#/runs'");
  await page.waitForSelector(`[data-unsaved="${id}"]`);
  await page.waitForSelector('#hand-over-kept[aria-disabled="false"]');
  e2e.proxy.mend();
  await page.click('#hand-over-kept');
  await page.waitForSelector('.all-saved');
  expect(await e2e.readRun(id)).toMatchObject({
    verdict: 'interrupted',
    hops: [{ status: 302 }, { status: 302 }],
  });
  expect(await hopsOnDisk(page)).toEqual([]);
  expect(tokensSpent()).toBe(0);
});
