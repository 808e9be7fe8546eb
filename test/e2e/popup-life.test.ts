import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { chooseAndRun, readSeenRun, startOver } from '../../backend/demo/drive-popup.ts';
import { type E2eStage, startE2e } from '../support/e2e-stage.ts';
import { until } from '../support/staged-browser.ts';

let e2e: E2eStage;
let popup: Page;

beforeAll(async () => {
  e2e = await startE2e({ slowHopMs: 2500 });
});
afterAll(async () => {
  expect(e2e.operator.counters.redirectUri).toBe(0);
  await e2e.close();
});

beforeEach(async () => {
  popup = await e2e.popup();
  if (await popup.$('[data-verdict]')) await startOver(popup);
});

test('the popup is closed in mid-run and opened again: the run goes on and the popup shows it, live (X10, A45)', async () => {
  await chooseAndRun(popup, 'slow-hop');
  await popup.waitForSelector('[data-hop="2"]');
  const { run } = await readSeenRun(popup);
  await popup.close();

  const again = await e2e.popup();
  await again.waitForSelector('[data-lamp="authorize"][data-state]');
  expect((await readSeenRun(again)).run.id).toBe(run.id);
  await again.waitForSelector('[data-hop="4"]');
  await again.waitForSelector('[data-verdict="match"]');
});

test('the same run is shown in a tab and in the popup', async () => {
  await chooseAndRun(popup, 'match');
  await popup.waitForSelector('[data-verdict="match"]');
  const tab = await e2e.browser.newPage();
  await tab.goto(`${e2e.extensionOrigin}/inspector.html`);
  await tab.waitForSelector('[data-verdict="match"]');
  await tab.close();
});

test('Cancel in mid-hop ends the run as cancelled, and the backend knows (C15)', async () => {
  await chooseAndRun(popup, 'hop-hangs');
  await popup.waitForSelector('[data-hop="2"]');
  await popup.click('#cancel');
  await popup.waitForSelector('[data-verdict="cancelled"]');
  const run = await e2e.readRun((await readSeenRun(popup)).run.id);
  expect(run).toMatchObject({ verdict: 'cancelled', failure: null, chainEnd: { kind: 'cancelled' } });
});

test('a second Run while one is active is refused with a word for it, and disturbs nothing (A46)', async () => {
  await chooseAndRun(popup, 'slow-hop');
  await popup.waitForSelector('[data-hop="1"]');
  const first = (await readSeenRun(popup)).run.id;
  const reply = await popup.evaluate(`chrome.runtime.sendMessage({
    type: 'start', number: '+447700900901', country: 'GB', mask: '+44 •••• •••901',
    profileId: 'simulated', scenario: 'match', expectation: 'match', capture: 'fetch' })`);
  expect(reply).toEqual({ ok: false, problem: { code: 'run_active', detail: null } });
  await popup.waitForSelector('[data-verdict="match"]');
  expect((await readSeenRun(popup)).run.id).toBe(first);
});

test('of two Runs pressed in the same moment one starts and the other is told so (A46)', async () => {
  const replies = (await popup.evaluate(`Promise.all([1, 2].map(() => chrome.runtime.sendMessage({
    type: 'start', number: '+447700900901', country: 'GB', mask: '+44 •••• •••901',
    profileId: 'simulated', scenario: 'match', expectation: 'match', capture: 'fetch' })))`)) as {
    ok: boolean;
  }[];
  expect(replies.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
  await popup.waitForSelector('[data-verdict="match"]');
});

test('requests of others to the same hosts in mid-run are none of its hops (A47, PR7)', async () => {
  await chooseAndRun(popup, 'slow-hop');
  await popup.waitForSelector('[data-hop="2"]');
  const page = await e2e.plainPage();
  await page.evaluate(
    `Promise.allSettled(['api', 'he', 'id'].map((host) => fetch('http://' + host + '.operator.test/elsewhere')))`,
  );
  await page.close();
  const again = await e2e.popup();
  await again.waitForSelector('[data-verdict="match"]');
  const run = await e2e.readRun((await readSeenRun(again)).run.id);
  expect(run.hops).toHaveLength(5);
  expect(JSON.stringify(run.hops)).not.toContain('/elsewhere');
});

test('Run again repeats the run with the same number', async () => {
  await chooseAndRun(popup, 'match');
  await popup.waitForSelector('[data-verdict="match"]');
  const first = (await readSeenRun(popup)).run.id;
  await popup.click('#run-again');
  await until(async () => (await readSeenRun(popup)).run.id !== first);
  await popup.waitForSelector('[data-verdict="match"]');
});
