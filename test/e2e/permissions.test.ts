import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { chooseAndRun } from '../../backend/demo/drive-popup.ts';
import { type E2eStage, startE2e } from '../support/e2e-stage.ts';
import { until } from '../support/staged-browser.ts';
import { withoutTestHosts } from '../support/without-test-hosts.ts';

let e2e: E2eStage;
let remove = () => {};

function stage(browser: 'chromium' | 'firefox', prefs: Record<string, unknown> = {}): void {
  beforeAll(async () => {
    const shipped = withoutTestHosts(browser, { patienceMs: PATIENCE_MS });
    remove = shipped.remove;
    e2e = await startE2e({ browser, folder: shipped.folder, prefs, slowHopMs: SLOW_HOP_MS });
  });
  afterAll(async () => {
    await e2e?.close();
    remove();
  });
}

/** Long enough for a click to come in time on a busy machine, and short enough to wait for its end. */
const PATIENCE_MS = 6000;
const SLOW_HOP_MS = 5000;

const statesOf = (page: Page) =>
  page.$$eval('[data-host]', (all) => all.map((one) => (one as HTMLElement).dataset.state ?? ''));
const savedRun = async (page: Page) => {
  const all = (await page.evaluate("chrome.storage.session.get('savedRun')")) as {
    savedRun?: { stage: string; run: { id: string; hops: unknown[] }; startedAgainFor?: string };
  };
  return all.savedRun;
};

describe('in Chromium, whose question nobody can click in a test', () => {
  stage('chromium');

  test('the popup opens the page, and its button asks for all hosts of the profile at once (A1)', async () => {
    const popup = await e2e.popup();
    await popup.waitForSelector('#allow-hosts');
    await popup.click('#allow-hosts');
    const target = await e2e.browser.waitForTarget((one) => one.url().endsWith('#/hosts/simulated'));
    const page = (await target.asPage()) as Page;
    await page.waitForSelector('#allow');
    expect([...new Set(await statesOf(page))]).toEqual(['not_yet']);
    await page.evaluate(`{
      const ask = chrome.permissions.request;
      chrome.permissions.request = (...given) => { globalThis.requested = given[0]; return ask(...given); };
    }`);
    await page.click('#allow');
    await page.waitForFunction('globalThis.requested');
    const { origins } = (await page.evaluate('requested')) as { origins: string[] };
    const { hosts, redirectUri } = e2e.operator;
    expect(origins.toSorted()).toEqual(
      [...new Set(hosts.map(({ pattern }) => `*://${pattern}/*`))].toSorted(),
    );
    expect(JSON.stringify(origins)).not.toContain(new URL(redirectUri).hostname);
    // The question is open, and nothing is granted before it is answered.
    expect(new Set(await statesOf(page))).toEqual(new Set(['not_yet']));
  });
});

describe('in Firefox, by a real click', () => {
  stage('firefox', { 'extensions.webextOptionalPermissionPrompts': false });

  let popup: Page;
  let hosts: Page;

  test('a hop to a host without permission pauses the run with one button, and goes on when it is pressed (A1)', async () => {
    popup = await e2e.popup();
    await popup.waitForSelector('#allow-hosts');
    const inTab = await e2e.openPage('inspector.html', '#/');
    await popup.bringToFront();
    await chooseAndRun(popup, 'match');
    await popup.waitForSelector('[data-waiting="host_permission"] #allow');
    expect(e2e.operator.counters.authorize).toBe(0);
    await inTab.bringToFront();
    for (let over = false; !over; ) {
      await inTab.waitForSelector('#allow, [data-verdict]');
      over = (await inTab.$('[data-verdict]')) !== null;
      if (!over) await press(inTab);
    }
    expect(await inTab.$('[data-verdict="match"]')).not.toBeNull();
    expect(e2e.operator.counters.redirectUri).toBe(0);
    await inTab.close();
  });

  test('what was allowed is shown, and what is taken back in mid-run is named, and is not the operator’s (A1)', async () => {
    hosts = await e2e.openPage('inspector.html', '#/hosts/simulated');
    await hosts.waitForSelector('[data-host]');
    // The chain asked one after the other; the rest of the profile is asked for in one question.
    expect(new Set(await statesOf(hosts))).toEqual(new Set(['allowed', 'not_yet']));
    await hosts.click('#allow');
    await hosts.waitForSelector('.all-allowed');
    expect(new Set(await statesOf(hosts))).toEqual(new Set(['allowed']));
    await popup.bringToFront();
    await startOver(popup);
    await chooseAndRun(popup, 'slow-hop');
    const enrichment = e2e.operator.hosts.find(({ role }) => role === 'enrichment')?.pattern;
    await until(async () => (await popup.$('[data-live] .http')) !== null);
    await hosts.bringToFront();
    await hosts.click(`[data-host="${enrichment}"] button`);
    await popup.bringToFront();
    await popup.waitForSelector('[data-verdict="failed"]');
    const run = await e2e.readRun((await savedRun(popup))?.run.id ?? '');
    expect(run).toMatchObject({
      verdict: 'failed',
      failure: { code: 'authorize.permission_revoked' },
      cause: { code: 'permission_revoked', owner: 'you' },
    });
  });

  test('a permission that comes late starts the run again, and the run says so (A1)', async () => {
    await startOver(popup);
    await chooseAndRun(popup, 'match');
    await popup.waitForSelector('[data-verdict="failed"]');
    const first = await savedRun(popup);
    const before = await e2e.readRun(first?.run.id ?? '');
    expect(before.failure?.code).toBe('authorize.no_host_permission');
    // Whoever allows it may do so anywhere: here on the page of the hosts.
    await hosts.bringToFront();
    await hosts.click('#allow');
    // A tab that nobody sees draws nothing.
    await popup.bringToFront();
    await popup.waitForSelector('.started-again');
    await popup.waitForSelector('[data-verdict="match"]');
    const again = await savedRun(popup);
    expect(again?.run.id).not.toBe(before.id);
    expect(again?.startedAgainFor).toBe(new URL(before.chainEnd?.url ?? '').hostname);
    expect(e2e.operator.counters.redirectUri).toBe(0);
  });
});

/** Presses the button that is there, and waits until it is gone or another host is asked about. */
async function press(page: Page): Promise<void> {
  const host = await page.$eval('.pause .host', (one) => one.textContent);
  await page.click('#allow');
  await page.waitForFunction(
    (asked) => document.querySelector('.pause .host')?.textContent !== asked,
    {},
    host,
  );
}

async function startOver(popup: Page): Promise<void> {
  await popup.click('#dismiss');
  await popup.waitForSelector('#run');
}
