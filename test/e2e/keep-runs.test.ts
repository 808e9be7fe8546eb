import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startOver } from '../../backend/demo/drive-popup.ts';
import { openExtensionPage } from '../../backend/demo/launch-chromium.ts';
import type { Run } from '../../protocol/run.ts';
import { FORMATS } from '../fixtures/runs/every-format.ts';
import { type E2eStage, startE2e } from '../support/e2e-stage.ts';
import { until } from '../support/staged-browser.ts';

/** Where the runs are made, and then a browser and a backend that have seen nothing of them. */
let e2e: E2eStage;
let page: Page;
let folder: string;
let matched: Run;
let failed: Run;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nvi-files-'));
  e2e = await startE2e();
  const popup = await e2e.popup();
  matched = await e2e.run(popup, 'match');
  await startOver(popup);
  failed = await e2e.run(popup, 'wifi-access-denied');
  page = await openInspector('#/coverage');
});
afterAll(async () => {
  await e2e.close();
  await rm(folder, { recursive: true, force: true });
});

/** The full page, whose downloads go to the folder. */
async function openInspector(hash: string): Promise<Page> {
  // Of a session that stays: with it goes what it set.
  const cdp = await e2e.browser.target().createCDPSession();
  await cdp.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  const opened = await openExtensionPage(e2e.browser, 'inspector.html');
  opened.setDefaultTimeout(90_000);
  await opened.setViewport({ width: 1280, height: 800 });
  await goTo(opened, hash);
  return opened;
}

async function goTo(where: Page, hash: string): Promise<void> {
  await where.evaluate((next) => {
    location.hash = next;
  }, hash);
}

const row = ({ id }: Run) => `a.run-row[data-run="${id}"]`;
const open = async (run: Run) => {
  await goTo(page, `#/runs/${run.id}`);
  await page.waitForSelector(`[data-kept="${run.id}"] .record`);
};

/** The one file of this ending, once the browser has it whole. */
async function downloaded(ending: string): Promise<string> {
  const whole = async () => (await readdir(folder)).filter((name) => name.endsWith(`.${ending}`));
  await until(async () => (await whole()).length === 1);
  return readFile(join(folder, (await whole())[0] ?? ''), 'utf8');
}

async function exportAll(format: string): Promise<void> {
  await page.click(`[data-format="${format}"]`);
  await page.waitForSelector(`.format[data-format="${format}"][data-chosen="true"]`);
  await page.waitForSelector('.export-status[data-step="saved"]');
}

let bundle = '';

test('simulated runs have their cell in the coverage, beside its share and not in it', async () => {
  await page.waitForSelector('a.cell');
  expect(await page.$$eval('a.cell', (cells) => cells.map((cell) => cell.textContent).join())).toMatch(
    /2 simulated/,
  );
});

test('the run that worked is pinned as reference, and the one that failed is held against it', async () => {
  await open(matched);
  await page.click('#pin-reference');
  await page.waitForSelector('#pin-now[aria-disabled="false"]');
  await page.click('#pin-now');
  await page.waitForSelector('#pin-reference[aria-pressed="true"]');
  await open(failed);
  await page.click('#compare-run');
  await page.waitForSelector(`[data-side="reference"][data-id="${matched.id}"]`);
  await page.waitForSelector(`[data-side="run"][data-id="${failed.id}"]`);
  expect(await page.$('#first-words.apart')).not.toBeNull();
});

test('every format of all runs is a file on disk, of as many runs as the list has (PR3)', async () => {
  await goTo(page, '#/runs');
  await page.waitForSelector(row(matched));
  await page.click('#export-runs');
  await page.waitForSelector('.format');
  for (const format of FORMATS) await exportAll(format);
  bundle = await downloaded('json');
  expect(JSON.parse(bundle).runs.map(({ id }: Run) => id)).toEqual([failed.id, matched.id]);
  expect(JSON.parse(await downloaded('har')).log.pages).toHaveLength(2);
  expect((await downloaded('csv')).trim().split('\r\n')).toHaveLength(3);
  expect((await downloaded('xml')).match(/<testcase/g)).toHaveLength(2);
  expect((await downloaded('html')).match(/<article/g)).toHaveLength(2);
  expect((await downloaded('md')).match(/^## /gm)).toHaveLength(2);
  expect((await downloaded('sh')).match(/^curl /gm)?.length).toBeGreaterThan(2);
});

test('a fresh browser with a fresh backend takes the bundle in, marked as imported, and only once (E11)', async () => {
  await e2e.close();
  e2e = await startE2e();
  await (await e2e.popup()).close();
  page = await openInspector('#/import');
  const file = join(folder, 'from a colleague.txt');
  await writeFile(file, bundle);
  for (const result of ['2 runs imported', '2 were here already']) {
    const field = (await page.waitForSelector('#file')) as ElementHandle<HTMLInputElement>;
    await field.uploadFile(file);
    await page.waitForSelector('.import-step[data-step="found"] #import-now');
    await page.click('#import-now');
    await page.waitForSelector('.import-step[data-step="done"]');
    expect(await page.$eval('.outcome-list', (list) => list.textContent)).toContain(result);
  }
  await page.click('#show-imported');
  await page.waitForSelector(row(matched));
  expect(await page.$$eval('a.run-row .origin', (all) => all.map((one) => one.textContent))).toContain(
    'IMPORTED',
  );
});

test('exported from there its runs are the same to the byte (E17)', async () => {
  await rm(folder, { recursive: true, force: true });
  await goTo(page, '#/runs');
  await page.waitForSelector(row(matched));
  await page.click('#export-runs');
  await page.waitForSelector('.format');
  await exportAll('bundle');
  const lines = (text: string) => text.split('\n').slice(1);
  expect(lines(await downloaded('json'))).toEqual(lines(bundle));
  await page.click('#close-export');
});

test('an imported run is read and replayed, and nothing of it is carried on or sent (PR5)', async () => {
  await open(matched);
  for (const gone of ['#run-again', '#open-doctor', '#retry'])
    expect(await page.$(`.run-side ${gone}`)).toBeNull();
  await page.click('#replay-run');
  await page.waitForSelector('#replay-mark');
  await page.click('#jump-to-end');
  await page.waitForSelector('[data-verdict="match"]');
  expect(e2e.operator.counters).toEqual({
    authorize: 0,
    hops: 0,
    token: 0,
    premiuminfo: 0,
    jwks: 0,
    redirectUri: 0,
    redirectUriRequests: 0,
  });
});
