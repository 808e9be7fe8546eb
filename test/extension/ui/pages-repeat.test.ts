import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { conditionSeeds, seriesOf } from './condition-seeds.ts';
import { violations } from './look-at.ts';
import { simulatedFormSeed } from './page-seeds.ts';
import { asked, openPopups, textOf } from './use-popup.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;

beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());

const SLOW = 60_000;
const ok = { ok: true, value: null };

describe('repeating', { timeout: SLOW }, () => {
  test('is offered beside Run, and sends what Run would, several times', async () => {
    const replies = { ...simulatedFormSeed.replies, repeat: { ok: true, value: { runId: 'r' } } };
    await popups.use({ ...simulatedFormSeed, replies }, async (page) => {
      await page.focus('#repeat');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#repeat-10');
      expect(await violations(page)).toEqual([]);
      await page.select('#repeat-pause', '0');
      await page.click('#repeat-10');
      await page.waitForFunction(() => globalThis.asked.some(([, one]) => one?.type === 'repeat'));
      expect((await asked(page, 'message')).at(-1)).toEqual({
        type: 'repeat',
        number: '+447700900907',
        country: 'GB',
        mask: '+44 •••• •••907',
        profileId: 'simulated-operator',
        scenario: 'match',
        expectation: 'match',
        capture: 'fetch',
        times: 10,
        pauseMs: 0,
      });
    });
  });

  test('shows how it stands, with inconclusive runs beside it, and can be stopped', async () => {
    const replies = { ...conditionSeeds.seriesRunning?.replies, stop_repeat: ok };
    await popups.use({ ...conditionSeeds.seriesRunning, replies }, async (page) => {
      expect(await textOf(page, '#series-title')).toBe('Run 8 of 10');
      expect(await textOf(page, '#series-count')).toBe('4 of 10 as expected2 not1 inconclusive');
      await page.click('#stop-series');
      await page.waitForFunction(() => globalThis.asked.some(([, one]) => one?.type === 'stop_repeat'));
      const series = seriesOf(10, 7, { stopping: true });
      await page.evaluate((now) => globalThis.browser.storage.session.set({ series: now }), series);
      await page.waitForFunction(
        () => document.querySelector('#stop-series')?.getAttribute('aria-disabled') === 'true',
      );
      expect(await textOf(page, '#series-title')).toBe('Stopping after this run');
    });
  });

  test('in the pause between two runs offers no new run, and holds the background', async () => {
    await popups.use(conditionSeeds.seriesPausing, async (page) => {
      expect(await textOf(page, '#series-title')).toBe('7 of 10 runs made');
      expect(await page.$('#run-again')).toBeNull();
      expect(await page.$('#dismiss')).toBeNull();
      expect(await asked(page, 'connect')).toEqual(['watch-run']);
    });
  });

  test('once over lists every run with its verdict', async () => {
    await popups.use(conditionSeeds.seriesComplete, async (page) => {
      const words = await page.$$eval('.series-list li', (all) => all.map((one) => one.textContent));
      expect(words).toHaveLength(20);
      expect(words.slice(0, 4)).toEqual([
        '1✓match, as expected412 ms',
        '2✓match, as expected388 ms',
        '3✕failed, not as expected1630 ms',
        '4–interrupted, inconclusive95 ms',
      ]);
      const first = await page.$eval('.series-list a', (link) => link.getAttribute('href'));
      expect(first).toBe('/inspector.html#/runs/00000000-0000-4000-8000-000000000000');
      await page.waitForSelector('#run-again');
    });
  });
});
