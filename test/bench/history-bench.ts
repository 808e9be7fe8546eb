/** `npm run bench:history`: the Runs page over 10,000 kept runs, in a real Chromium with a real SQLite behind it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'puppeteer-core';

import { buildExtension } from '../../backend/demo/build-extension.ts';
import { pair } from '../../backend/demo/drive-popup.ts';
import { isBackground, launchChromium, openExtensionPage } from '../../backend/demo/launch-chromium.ts';
import { setStage } from '../../backend/demo/stage.ts';
import { openSqliteRunStore } from '../../backend/store/sqlite/sqlite-run-store.ts';
import { findChromium } from '../../setup.mjs';
import { fillHistory } from './made-up-history.ts';
import { median } from './median.ts';

const RUNS = 10_000;
const ROUNDS = 15;

/** Milliseconds from the start of the navigation until the first rows are painted, on the page's own clock. */
async function untilRows(page: Page): Promise<number> {
  await page.reload({ waitUntil: 'domcontentloaded' });
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        const look = () => {
          if (!document.querySelector('a.run-row')) return requestAnimationFrame(look);
          requestAnimationFrame(() => setTimeout(() => done(performance.now())));
        };
        look();
      }),
  );
}

/** What the page holds after a collection. */
async function held(page: Page): Promise<{ heapMb: number; elements: number; rows: number }> {
  const cdp = await page.createCDPSession();
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  const [elements, rows] = await page.evaluate(() => [
    document.querySelectorAll('*').length,
    document.querySelectorAll('a.run-row').length,
  ]);
  return { heapMb: Math.round(usedSize / 1e5) / 10, elements: elements ?? 0, rows: rows ?? 0 };
}

/** Down to the oldest run as a person with a wheel gets there: on and on, whenever there is more. */
async function scrollToTheEnd(page: Page, count: number): Promise<number> {
  const started = Date.now();
  await page.evaluate(
    (last) =>
      new Promise<void>((done) => {
        const step = () => {
          const list = document.querySelector('.scroller') as HTMLElement;
          list.scrollTop = list.scrollHeight;
          if (document.querySelector(`[aria-posinset="${last}"] a.run-row`)) return done();
          setTimeout(step, 20);
        };
        step();
      }),
    count,
  );
  return Date.now() - started;
}

const chromium = findChromium();
if (!chromium) throw new Error('No Chromium was found; setup.mjs says how to get one');
console.log(
  `${new Date().toISOString()}  node ${process.version}  ${cpus().length} × ${cpus()[0]?.model ?? 'cpu'}`,
);
const folder = mkdtempSync(path.join(tmpdir(), 'history-bench-'));
const store = await openSqliteRunStore({ folder, instance: 'bench' });
await fillHistory(store, RUNS, 200, (made) => console.error(`${made} of ${RUNS}`));
const stage = await setStage({ store, log: { level: 'silent', write: () => {} } });
const browser = await launchChromium({
  executablePath: chromium.path,
  extensionFolder: await buildExtension(),
  operator: stage.operator,
  headless: true,
});
try {
  await browser.waitForTarget(isBackground);
  const page = await openExtensionPage(browser, 'inspector.html');
  await page.setViewport({ width: 1280, height: 800 });
  await pair(page, stage.pairingLine);
  await page.goto(new URL('#/runs', page.url()).href);
  await page.waitForSelector('a.run-row');
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) took.push(await untilRows(page));
  const start = await held(page);
  const scrollMs = await scrollToTheEnd(page, RUNS);
  console.table([
    {
      what: 'from navigation to the first rows painted',
      'median ms': Math.round(median(took)),
      'worst ms': Math.round(Math.max(...took)),
    },
  ]);
  console.table([
    { when: 'first rows', ...start },
    { when: `after all ${RUNS} runs (${(scrollMs / 1000).toFixed(1)} s)`, ...(await held(page)) },
  ]);
} finally {
  await browser.close();
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
}
