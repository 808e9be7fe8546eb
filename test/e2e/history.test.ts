import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startOver } from '../../backend/demo/drive-popup.ts';
import type { Run } from '../../protocol/run.ts';
import { type E2eStage, startE2e } from '../support/e2e-stage.ts';
import { until } from '../support/staged-browser.ts';

let e2e: E2eStage;
let page: Page;
let matched: Run;
let failed: Run;

beforeAll(async () => {
  e2e = await startE2e();
  const popup = await e2e.popup();
  matched = await e2e.run(popup, 'match');
  await startOver(popup);
  failed = await e2e.run(popup, 'wifi-access-denied');
  await popup.click('#history');
  const tab = await e2e.browser.waitForTarget((one) => one.url().endsWith('/inspector.html#/runs'));
  page = await tab.asPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.waitForSelector('a.run-row');
});
afterAll(() => e2e.close());

const row = (run: Run) => `a.run-row[data-run="${run.id}"]`;
const rows = () => page.$$eval('a.run-row', (all) => all.map(({ dataset }) => dataset.run));

test('both runs are in the list, the newest first, with how they ended and as simulated', async () => {
  expect(await rows()).toEqual([failed.id, matched.id]);
  expect(await page.$eval(row(matched), (one) => (one as HTMLElement).dataset.verdict)).toBe('match');
  expect(await page.$$eval('a.run-row .origin', (all) => all.map((one) => one.textContent))).toEqual([
    'SIMULATED',
    'SIMULATED',
  ]);
});

test('filters are asked of the backend: a verdict, words, and the cause of the run that failed', async () => {
  await page.select('#filter-verdict', 'failed');
  await until(async () => (await rows()).join() === failed.id);
  await page.click('[data-set="verdict"]');
  await page.type('#search', `nowhere ${matched.id}`);
  await page.waitForSelector('[data-empty="filtered"]');
  await page.click('[data-set="text"]');
  await page.waitForSelector(row(matched));
  await page.select('#filter-why', `cause ${failed.cause?.code}`);
  await until(async () => (await rows()).join() === failed.id);
});

test('a run opens with its chain as it was, and a reload of its address shows it again', async () => {
  await page.click(row(failed));
  await page.waitForSelector(`[data-kept="${failed.id}"] .verdict.bad`);
  const hops = failed.hops.filter(({ madeBy }) => madeBy === 'network').length;
  expect(await page.$$eval('[data-hop]', (all) => all.length)).toBe(hops);
  await page.reload();
  await page.waitForSelector(`[data-kept="${failed.id}"] .verdict.bad`);
  expect(await rows()).toEqual([failed.id]);
});

test('pinned is pinned in the backend: a list read anew shows it', async () => {
  await page.click('#pin-run');
  await page.waitForSelector('#pin-run[aria-pressed="true"]');
  await page.reload();
  await page.waitForSelector(`${row(failed)} .pin`);
  await page.waitForSelector('#pin-run[aria-pressed="true"]');
});

test('a number is forgotten by whoever knows it, in every run that handed its hash over', async () => {
  await page.click('#clear-filters, [data-set="cause"]');
  await page.waitForSelector(row(matched));
  await page.click(row(matched));
  await page.waitForSelector(`[data-kept="${matched.id}"] #forget-number`);
  await page.click('#forget-number');
  await page.waitForSelector('#forget-dialog[open] #number');
  const number = e2e.operator.scenarios.find(({ name }) => name === 'match')?.number ?? '';
  await page.type('#number', number);
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-forgotten="1"]');
  await page.click('#forget-done');
  await page.waitForFunction(() => !document.querySelector('#forget-number'));
  expect(await e2e.readRun(matched.id)).toMatchObject({ number: null, verdict: 'match' });
  expect((await e2e.readRun(failed.id)).number).toEqual(failed.number);
});

test('deleted is gone from the list and from the backend, and its address says so', async () => {
  await page.click('#delete-run');
  await page.waitForSelector('#delete-dialog[open]');
  await page.click('#delete-now');
  await until(async () => (await rows()).join() === failed.id);
  await page.evaluate((id) => {
    location.hash = `#/runs/${id}`;
  }, matched.id);
  await page.waitForSelector('.run-side [data-problem="run_not_kept"]');
});

test('a backend that is away is a sentence with a way on, and the list comes back with it', async () => {
  e2e.proxy.cut();
  await page.click('#refresh');
  await page.waitForSelector('.list-end [data-problem="backend_unreachable"]');
  await e2e.proxy.mend();
  await page.click('#retry-list');
  await page.waitForSelector(row(failed));
});
