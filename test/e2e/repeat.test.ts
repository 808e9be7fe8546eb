import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { startOver } from '../../backend/demo/drive-popup.ts';
import type { Series } from '../../extension/runner/repeat.ts';
import type { SavedRun } from '../../extension/runner/saved-run.ts';
import { type E2eStage, startE2e } from '../support/e2e-stage.ts';
import { until } from '../support/staged-browser.ts';

let e2e: E2eStage;
let popup: Page;

beforeAll(async () => {
  e2e = await startE2e({ slowHopMs: 1500 });
});
afterAll(async () => {
  expect(e2e.operator.counters.redirectUri).toBe(0);
  await e2e.close();
});

beforeEach(async () => {
  popup = await e2e.popup();
  if (await popup.$('[data-verdict]')) await startOver(popup);
});

async function seriesIn(page: Page): Promise<Series> {
  const stored = (await page.evaluate("chrome.storage.session.get('series')")) as { series: Series };
  return stored.series;
}

/** The hop the current run waits for. */
async function hopUnderWay(page: Page): Promise<number | undefined> {
  const { savedRun } = (await page.evaluate("chrome.storage.session.get('savedRun')")) as {
    savedRun: SavedRun;
  };
  return savedRun.liveHop?.index;
}

async function repeat(scenario: string, times: number, pauseMs: number): Promise<void> {
  await popup.select('#scenario', scenario);
  await popup.click('#repeat');
  await popup.waitForSelector('#repeat-pause');
  await popup.select('#repeat-pause', String(pauseMs));
  await popup.click(`#repeat-${times}`);
  await popup.waitForSelector('[data-series]');
}

/** Presses Stop as soon as so many runs are over. Runs in the page: on a slow machine a pause would be over before a driver's click. */
async function stopAfter(count: number): Promise<void> {
  const { storage } = (globalThis as unknown as { chrome: typeof browser }).chrome;
  for (;;) {
    const { series } = (await storage.session.get('series')) as { series: Series };
    if (series.runs.length >= count) break;
    await new Promise((later) => setTimeout(later, 20));
  }
  (document.querySelector('#stop-series') as HTMLElement).click();
}

function runsEnded(page: Page, count: number): Promise<void> {
  return until(async () => (await seriesIn(page)).runs.length >= count);
}

describe('a series', () => {
  test('of five goes on while the popup is closed, each run is one of its own, and all are listed at the end', async () => {
    const tokensBefore = e2e.operator.counters.token;
    const page = await e2e.plainPage();
    popup = await e2e.popup();
    await repeat('match', 5, 0);
    await popup.close();
    await until(async () => (await seriesIn(page)).end !== null);

    popup = await e2e.popup();
    await popup.waitForSelector('[data-series="complete"]');
    const { runs, times } = await seriesIn(popup);
    expect(times).toBe(5);
    expect(runs.map(({ verdict, expected }) => [verdict, expected])).toEqual(
      Array(5).fill(['match', 'as_expected']),
    );
    const stored = await Promise.all(runs.map(({ id }) => e2e.readRun(id)));
    expect(new Set(stored.map(({ correlationId }) => correlationId)).size).toBe(5);
    expect(stored.map(({ verdict }) => verdict)).toEqual(Array(5).fill('match'));
    expect(e2e.operator.counters.token - tokensBefore).toBe(5);
    expect(await popup.$$('.series-list li')).toHaveLength(5);
    // Each leads to its record. The new tab closes the popup, sometimes before the mouse is up again.
    await popup.click('.series-list a').catch(() => undefined);
    await e2e.browser.waitForTarget((one) => one.url().endsWith(`/inspector.html#/runs/${runs[0]?.id}`));
    await page.close();
  });

  test('is stopped in the pause after three, and no further run begins', async () => {
    await repeat('match', 5, 2000);
    // One run at a time: not even in the pause is another taken.
    await runsEnded(popup, 1);
    const { start } = await seriesIn(popup);
    const refused = await popup.evaluate(
      `chrome.runtime.sendMessage(${JSON.stringify({ type: 'start', number: '+447700900907', ...start })})`,
    );
    expect(refused).toEqual({ ok: false, problem: { code: 'run_active', detail: null } });
    await popup.evaluate(stopAfter, 3);
    await popup.waitForSelector('[data-series="stopped"]');
    const { runs } = await seriesIn(popup);
    expect(runs).toHaveLength(3);
    expect(await popup.$$('.series-list li')).toHaveLength(3);
  });

  test('whose worker dies goes on in the next one: the run it died in counts as neither, and none is made twice (X5)', async () => {
    const tokensBefore = e2e.operator.counters.token;
    const page = await e2e.plainPage();
    popup = await e2e.popup();
    await repeat('slow-hop', 5, 0);
    await popup.close();
    await until(async () => (await seriesIn(page)).runs.length === 2 && (await hopUnderWay(page)) === 3);
    await e2e.killWorker();
    popup = await e2e.popup();
    await popup.waitForSelector('[data-series="complete"]');
    const { runs } = await seriesIn(popup);
    const stored = await Promise.all(runs.map(({ id }) => e2e.readRun(id)));
    expect(new Set(runs.map(({ id }) => id)).size).toBe(5);
    expect(stored.map(({ verdict }) => verdict)).toEqual(runs.map(({ verdict }) => verdict));
    expect(stored.map(({ verdict }) => verdict)).toEqual(['match', 'match', 'interrupted', 'match', 'match']);
    expect(e2e.operator.counters.token - tokensBefore).toBe(4);
    await page.close();
  });

  test('is over when one of its runs is cancelled', async () => {
    await repeat('hop-hangs', 5, 0);
    await popup.waitForSelector('[data-hop="2"]');
    await popup.click('#cancel');
    await popup.waitForSelector('[data-series="stopped"]');
    const { runs } = await seriesIn(popup);
    expect(runs.map(({ verdict }) => verdict)).toEqual(['cancelled']);
  });
});

test('what is stated goes into the run record and into the verdict’s sentence, and outlives the popup', async () => {
  await popup.click('#conditions');
  await popup.waitForSelector('dialog[open]');
  for (const choice of ['bearer-4g', 'sharing-tethered', 'roaming-no'])
    await popup.click(`label:has(#${choice})`);
  await popup.type('#condition-place', 'Reading');
  await popup.click('#conditions-done');
  await popup.waitForSelector('dialog', { hidden: true });
  await popup.close();
  popup = await e2e.popup();
  await popup.waitForSelector('#conditions');

  const run = await e2e.run(popup, 'match');
  const { bearer, sharing, roaming, place, browser } = run.conditions;
  expect([bearer, sharing, roaming, place].map((one) => [one?.value, one?.basis])).toEqual([
    ['4g', 'stated'],
    ['tethered', 'stated'],
    ['no', 'stated'],
    ['Reading', 'stated'],
  ]);
  expect(browser).toMatchObject({ basis: 'observed', value: expect.stringMatching(/^\w[\w ]+ \d+/) });
  expect(await popup.$eval('#verdict-sentence', (one) => one.textContent)).toContain(
    'for the phone that shares this connection',
  );
});
