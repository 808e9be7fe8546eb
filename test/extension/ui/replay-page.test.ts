import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { historySeed, keptRun } from './history-fixtures.ts';
import { misfits, violations } from './look-at.ts';
import { asked, focused, openPopups, textOf } from './use-popup.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;
beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());

const at = { path: 'inspector.html', width: 1280, height: 800 } as const;
const replaying = (source: string, act: (page: Page) => Promise<void>, setting = {}) =>
  popups.use(
    historySeed(6),
    async (page) => {
      await page.waitForSelector('#play');
      await act(page);
    },
    { ...at, hash: `#/replay/${source}`, ...setting },
  );
const timeIn = (page: Page) => textOf(page, '#replay-time');
const stageIn = (page: Page) => page.$eval('.run-view', (view) => view.getAttribute('data-stage'));
/** What a live run offers and a replay must not. */
const LIVE = ['#run-again', '#dismiss', '#cancel', '#open-doctor', '#hand-over-again', '#delete-run'];

describe('a replay', { timeout: 120_000 }, () => {
  test('of a recording needs no backend: chosen, played to its verdict, asked for nothing (PR9)', async () => {
    await popups.use(
      {},
      async (page) => {
        expect(await page.title()).toBe('Replay · Number Verify Inspector');
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
        await page.click('#play-match');
        await page.waitForSelector('#play');
        expect(await page.title()).toBe('REPLAY · +44 •••• •••901 · Number Verify Inspector');
        // Motion is unwanted here: it waits for the person, who has the button under the finger.
        expect([await stageIn(page), await focused(page), await timeIn(page)]).toEqual([
          'walking',
          'play',
          '0.00 of 2.12 s',
        ]);
        await page.click('#speed-4');
        await page.click('#play');
        await page.waitForSelector('[data-verdict="match"]');
        expect(await textOf(page, '#play')).toBe('Play again');
        expect(await page.$$eval('[data-lamp][data-state="passed"]', (all) => all.length)).toBe(3);
        expect(await textOf(page, '[aria-live="polite"]:not(button *)')).toContain('The replay has ended');
        expect(await asked(page, 'message')).toEqual([]);
        expect(await asked(page, 'connect')).toEqual([]);
      },
      { ...at, hash: '#/replay' },
    );
  });

  test('goes wherever its slider is moved, by keyboard too, and says REPLAY all the while', async () => {
    await replaying('wifi-access-denied', async (page) => {
      await page.focus('#scrub');
      await page.keyboard.press('End');
      await page.waitForSelector('[data-verdict="failed"]');
      expect(await page.$('[data-expected="as_expected"]')).not.toBeNull();
      await page.keyboard.press('Home');
      await page.waitForFunction(() => !document.querySelector('[data-verdict]'));
      for (let press = 0; press < 22; press += 1) await page.keyboard.press('ArrowRight');
      expect(await page.$eval('#scrub', (one) => one.getAttribute('aria-valuetext'))).toBe('0.44 of 1.05 s');
      expect(await page.$$eval('[data-hop]', (rows) => rows.map((row) => row.id))).toEqual(['hop-1']);
      // Nothing is read out on the way.
      expect(await textOf(page, '[aria-live="polite"]:not(button *)')).toBe('');
      await page.click('#jump-to-end');
      await page.waitForSelector('[data-verdict="failed"]');
      await page.click('#restart');
      await page.waitForSelector('[data-stage="walking"]');
      expect(await textOf(page, '#replay-mark')).toMatch(/^REPLAYSIMULATEDRecorded Nov/);
      for (const gone of LIVE) expect(await page.$(gone)).toBeNull();
    });
  });

  test('of a kept run says what it was and leads back to it; one that is gone says that', async () => {
    const kept = keptRun(3);
    await replaying(kept.id, async (page) => {
      await page.click('#jump-to-end');
      await page.waitForSelector('[data-verdict]');
      expect(await textOf(page, '#replay-mark .origin')).toBe('IMPORTED');
      const types = (await asked(page, 'message')).map((one) => (one as { type: string }).type);
      expect(types).toEqual(['read_kept', 'read_run']);
      await page.click('#leave-replay');
      await page.waitForSelector('.record');
      await page.click('#replay-run');
      await page.waitForSelector('#play');
      for (const gone of LIVE) expect(await page.$(gone)).toBeNull();
    });
    const lost = { ok: false, problem: { code: 'run_not_kept', detail: null } };
    await popups.use(
      { replies: { read_run: lost } },
      async (page) => {
        await page.waitForSelector('[data-problem="run_not_kept"]');
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
      },
      { ...at, hash: `#/replay/${kept.id}` },
    );
  });

  test.each([
    [320, 640, ''],
    [900, 700, ''],
    [1600, 900, '?present'],
  ])('is readable and named at %i x %i %s', async (width, height, search) => {
    await replaying(
      'no-match',
      async (page) => {
        if (search) await page.click('#present');
        await page.click('#jump-to-end');
        await page.waitForSelector('[data-verdict="no_match"]');
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
        // Wherever one scrolls, the mark and the controls are in sight.
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        const inSight = (id: string) =>
          page.$eval(id, (one) => {
            const { top, bottom } = one.getBoundingClientRect();
            return top >= 0 && bottom <= innerHeight;
          });
        expect([await inSight('#replay-mark'), await inSight('#play')]).toEqual([true, true]);
      },
      { width, height, touch: width < 400 },
    );
  });
});
