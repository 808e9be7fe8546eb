import { createHash } from 'node:crypto';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readSeenRun, startOver } from '../../backend/demo/drive-popup.ts';
import { guardRules } from '../../extension/walker/guard-rules.ts';
import type { Run } from '../../protocol/run.ts';
import { type E2eStage, startE2e } from '../support/e2e-stage.ts';
import { until } from '../support/staged-browser.ts';
import { savedRun } from '../support/unwatched-run.ts';

/** Where the consent page's button leads, which ends with the code at redirect_uri. */
const NEXT = "document.querySelector('#agree').getAttribute('onclick').split(\"'\")[1]";
const TO_ITS_PARTS = `
  document.body.append(Object.assign(document.createElement('iframe'), { src: ${NEXT} }));
  new Image().src = 'https://app.relying-party.test/callback?code=c';
  fetch('https://app.relying-party.test/callback?code=c', { mode: 'no-cors' }).catch(() => undefined);
`;
const REDIRECT_URI = 'https://app.relying-party.test/callback';
const TO_ANOTHER_TAB = `void window.open(${NEXT})`;

const READER = new URL('../fixtures/history-reader', import.meta.url).pathname;

describe.each(['chromium', 'firefox'] as const)('a chain walked in a tab of %s', (browser) => {
  let e2e: E2eStage;
  let page: Page;

  beforeAll(async () => {
    e2e = await startE2e({ browser, tabs: true, otherExtensions: browser === 'chromium' ? [READER] : [] });
    await e2e.popup();
    // A popup would close as soon as another tab is looked at.
    page = await e2e.openPage('inspector.html');
  });
  afterAll(() => e2e.close());

  async function start(scenario: string, way: 'fetch' | 'tab'): Promise<void> {
    await page.bringToFront();
    if (await page.$('#dismiss')) await startOver(page);
    await page.waitForSelector('#scenario');
    await page.select('#scenario', scenario);
    await page.waitForFunction("document.querySelector('#number').value !== ''");
    await page.click(`label:has(#walk-${way})`);
    await page.waitForSelector(`#walk-${way}:checked`);
    await page.click('#run:not([disabled])');
  }

  async function toTheEnd(): Promise<Run> {
    await page.waitForSelector('[data-verdict]');
    return e2e.readRun((await readSeenRun(page)).run.id);
  }

  /** The operator's page in the tab, brought to the front by the button that is there for it. */
  async function shownPage(): Promise<Page> {
    await page.waitForSelector('[data-waiting="person"]');
    await page.click('#show-tab');
    const isOperators = (one: Page) => new URL(one.url()).hostname === 'id.operator.test';
    await until(async () => (await e2e.browser.pages()).some(isOperators));
    return (await e2e.browser.pages()).find(isOperators) as Page;
  }

  const notesOf = (run: Run) =>
    run.hops.flatMap(({ index, notes }) => notes.map((note) => `${index} ${note}`));

  test('a person agrees on the consent page, and the chain goes on to a match', async () => {
    await start('consent-page', 'tab');
    const operators = await shownPage();
    expect((await readSeenRun(page)).run.phase).toBe('waiting');
    await operators.waitForSelector('#agree');
    // The tab is closed while the click is still being acknowledged.
    await operators.click('#agree').catch(() => undefined);
    const run = await toTheEnd();
    expect(run).toMatchObject({ verdict: 'match', capture: 'tab', chainEnd: { kind: 'callback' } });
    expect(run.hops.map(({ status, page: shown }) => [status, shown?.title ?? null])).toEqual([
      [302, null],
      [302, null],
      [302, null],
      [200, 'Your consent'],
      [302, null],
    ]);
    expect(notesOf(run)).toContain('5 after_page');
    expect(run.hops.map(({ ip }) => ip)).toEqual(Array(5).fill('127.0.0.1'));
  });

  test.each(['page-script', 'page-refresh'])(
    '%s: a page that goes on by itself is a hop like any other',
    async (scenario) => {
      await start(scenario, 'tab');
      const run = await toTheEnd();
      expect(run.verdict).toBe('match');
      expect(run.hops.map(({ status }) => status)).toEqual([302, 200, 302, 302, 302]);
      expect(notesOf(run)).toContain('3 by_script');
    },
  );

  test('who closes the tab has cancelled the run, and the page says so; it was offered by the run before', async () => {
    await start('consent-page', 'fetch');
    await page.waitForSelector('[data-verdict="failed"]');
    await page.click('#run-in-tab');
    await (await shownPage()).close();
    const run = await toTheEnd();
    expect(run).toMatchObject({
      verdict: 'cancelled',
      capture: 'tab',
      chainEnd: { kind: 'cancelled', by: 'tab_closed' },
      failure: null,
    });
    await page.bringToFront();
    expect(await page.$eval('[data-verdict]', (card) => card.textContent)).toContain('tab was closed');
  });

  test('an http hop that the browser rewrote is a mark between hops in a tab, too (A15)', async () => {
    await start('http-upgraded', 'tab');
    const run = await toTheEnd();
    expect(run.cause).toMatchObject({ code: 'http_upgraded', mechanism: 'browser' });
    const marks = run.hops.filter(({ madeBy }) => madeBy === 'browser');
    expect(marks.map(({ role, notes }) => [role, notes.includes('upgraded_by_browser')])).toEqual([
      ['enrichment', true],
    ]);
  });

  test('a code that a page posts is not taken, and redirect_uri does not get it either (PR1)', async () => {
    await start('page-form-post', 'tab');
    expect((await toTheEnd()).failure?.code).toBe('callback.response_not_supported');
  });

  test.each([
    ['a frame, an image or a script', TO_ITS_PARTS, ['image', 'sub_frame', 'xmlhttprequest']],
    ['another tab', TO_ANOTHER_TAB, ['main_frame']],
  ])('what a page leads into %s does not reach redirect_uri either (PR1)', async (_, script, types) => {
    await start('consent-page', 'tab');
    const operators = await shownPage();
    await operators.waitForSelector('#agree');
    // None is too large for the browser.
    const all = guardRules({ tabId: 0, redirectUri: REDIRECT_URI, state: crypto.randomUUID(), hosts: [] });
    expect((await leftOver()).rules).toHaveLength(all.length);
    await page.evaluate(`(() => {
      const isHeard = Boolean(globalThis.broken);
      globalThis.broken = [];
      const urls = ['https://app.relying-party.test/*'];
      if (!isHeard) chrome.webRequest.onErrorOccurred.addListener(({ type }) => broken.push(type), { urls });
    })()`);
    const before = new Set(await e2e.browser.pages());
    await operators.evaluate(script);
    const broken = () => page.evaluate('broken.toSorted()') as Promise<string[]>;
    await until(async () => (await broken()).length >= types.length);
    expect(await broken()).toEqual(types);
    for (const one of await e2e.browser.pages()) if (!before.has(one)) await one.close();
    await page.bringToFront();
    await page.click('#cancel');
    expect((await toTheEnd()).verdict).toBe('cancelled');
    expect(e2e.operator.counters.redirectUriRequests).toBe(0);
  });

  // Firefox takes back what the manifest grants by no script.
  if (browser === 'chromium') {
    test('a permission for redirect_uri’s host that is taken back closes the tab at once, and is named (PR1)', async () => {
      await start('consent-page', 'tab');
      await shownPage();
      await setAccess('ON_SPECIFIC_SITES');
      await page.waitForSelector('[data-verdict="failed"]');
      const run = (await savedRun(page))?.run;
      expect(run?.failure?.code).toBe('authorize.permission_revoked');
      expect(run?.chainEnd).toMatchObject({
        kind: 'refused',
        url: expect.stringContaining('app.relying-party'),
      });
      await until(async () => (await leftOver()).tabs.length === 0);
      await setAccess('ON_ALL_SITES');
    });
  }

  /** As a person does on the browser's page of extensions. */
  async function setAccess(hostAccess: 'ON_SPECIFIC_SITES' | 'ON_ALL_SITES'): Promise<void> {
    const settings = await e2e.browser.newPage();
    await settings.goto('chrome://extensions');
    const extensionId = new URL(e2e.extensionOrigin).hostname;
    const changed = JSON.stringify({ extensionId, hostAccess });
    await settings.evaluate(`chrome.developerPrivate.updateExtensionConfiguration(${changed})`);
    await settings.close();
  }

  test('a worker that dies while a person is waited for leaves neither tab nor rules behind (X5)', async () => {
    await start('consent-page', 'tab');
    await page.waitForSelector('[data-waiting="person"]');
    await e2e.killWorker();
    expect(await toTheEnd()).toMatchObject({ verdict: 'interrupted', capture: 'tab' });
    await until(async () => (await leftOver()).tabs.length === 0);
  });

  test('nothing is left: no tab, no rule, no code in the history, and redirect_uri was asked for by nobody (PR1, PR3)', async () => {
    await until(async () => (await leftOver()).rules.length === 0);
    expect((await leftOver()).tabs).toEqual([]);
    const remembered = await historyOf();
    expect(remembered.some((url) => url.includes('operator.test'))).toBe(true);
    expect(remembered.filter((url) => /^https?:..app[.]relying-party|[?&]code=/.test(url))).toEqual([]);
    expect(e2e.operator.counters.redirectUriRequests).toBe(0);
  });

  async function leftOver(): Promise<{ rules: unknown[]; tabs: string[] }> {
    const rules = (await page.evaluate('chrome.declarativeNetRequest.getSessionRules()')) as unknown[];
    const pages = await e2e.browser.pages();
    return { rules, tabs: pages.map((one) => one.url()).filter((url) => /operator\.test|relying/.test(url)) };
  }

  /** What the browser itself remembers for good. */
  async function historyOf(): Promise<string[]> {
    if (e2e.firefox) {
      return e2e.firefox.inBrowser(`(async () => {
        const { PlacesUtils } = ChromeUtils.importESModule('resource://gre/modules/PlacesUtils.sys.mjs');
        const db = await PlacesUtils.promiseDBConnection();
        return (await db.execute('SELECT url FROM moz_places')).map((row) => row.getResultByName('url'));
      })()`);
    }
    const reader = await e2e.browser.newPage();
    await reader.goto(`chrome-extension://${idOf(READER)}/page.html`);
    return (await reader.evaluate(`chrome.history.search({ text: '', maxResults: 1000, startTime: 0 })
      .then((visited) => visited.map(({ url }) => url))`)) as string[];
  }
});

/** Chromium names an unpacked extension after its folder. */
function idOf(folder: string): string {
  const hex = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  return [...hex].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}
