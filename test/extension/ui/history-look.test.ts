import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { hashOfRun, historySeed } from './history-fixtures.ts';
import { misfits, violations } from './look-at.ts';
import { popupSeeds } from './page-seeds.ts';
import { asked, openPopups } from './use-popup.ts';
import { at, usingRuns } from './use-runs.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;
beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());
const use = usingRuns(() => popups);

describe('the way there', { timeout: 60_000 }, () => {
  test('a quiet button in the popup opens the runs in a tab, before and after a run', async () => {
    for (const seed of [popupSeeds.form, popupSeeds.match])
      await popups.use(seed, async (page) => {
        await page.click('#history');
        expect(await asked(page, 'tab')).toEqual([{ url: '/inspector.html#/runs' }]);
      });
  });

  test('the full page leads from a new run to the runs and back, and keeps large type', async () => {
    await popups.use(
      { ...historySeed(5), session: popupSeeds.match?.session ?? {} },
      async (page) => {
        await page.waitForSelector('[data-verdict="match"]');
        await page.click('#present');
        await page.click('[data-to="runs"]');
        await page.waitForSelector('a.run-row');
        expect(await page.title()).toBe('Runs · Number Verify Inspector');
        expect(await page.evaluate(() => `${location.search}${location.hash}`)).toBe('?present#/runs');
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
        await page.click('[data-to="new_run"]');
        await page.waitForSelector('#present[aria-checked="true"]');
        await page.waitForSelector('.run-view [data-verdict="match"]');
      },
      { ...at, hash: '' },
    );
  });
});

describe('readable, named and within its window, in light and in dark', { timeout: 120_000 }, () => {
  test.each([320, 360, 900, 1280, 1600])('the list and a run at %i px', async (width) => {
    const touch = width < 400;
    const faults = async (page: Page) => [await violations(page), await misfits(page)];
    await use(
      historySeed(40),
      async (page) => {
        expect(await faults(page)).toEqual([[], []]);
        if (await page.$eval('#filters', (button) => getComputedStyle(button).display !== 'none'))
          await page.click('#filters');
        await page.click('#more-filters');
        expect(await faults(page)).toEqual([[], []]);
      },
      { width, touch, hash: '#/runs?origin=live&text=e' },
    );
    await use(
      historySeed(40),
      async (page) => {
        await page.waitForSelector('.record');
        expect(await faults(page)).toEqual([[], []]);
        await page.click('#forget-number');
        await page.waitForSelector('#forget-dialog[open]');
        expect(await faults(page)).toEqual([[], []]);
      },
      { width, touch, hash: hashOfRun(2) },
    );
  });

  test.each([
    ['nothing', historySeed(0)],
    [
      'a problem',
      historySeed(0, {
        replies: { list_runs: { ok: false, problem: { code: 'backend_unreachable', detail: 'x' } } },
      }),
    ],
  ])('%s', async (_, seed) => {
    await use(seed, async (page) => {
      expect([await violations(page), await misfits(page)]).toEqual([[], []]);
    });
  });
});
