import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { misfits, violations, violationsIn } from './look-at.ts';
import { moments } from './moments.ts';
import { openPages } from './open-pages.ts';
import { popupSeeds, runSeed } from './page-seeds.ts';

let pages: Awaited<ReturnType<typeof openPages>>;

beforeAll(async () => {
  pages = await openPages();
});
afterAll(() => pages?.close());

const opened: (typeof pages)['use'] = (setting, look) => pages.use(setting, look);

const popup = { path: 'popup.html', scheme: 'light', width: 380, height: 600 } as const;

/** Generous: axe is slow where other tests are at work. */
const SLOW = 240_000;

describe('readable, named and within its window, in light and in dark', { timeout: SLOW }, () => {
  test.each(Object.keys(popupSeeds))('the popup at %s', async (name) => {
    const seed = popupSeeds[name] ?? {};
    await opened({ ...popup, seed }, async (page) => {
      expect(await violations(page)).toEqual([]);
      expect(await misfits(page)).toEqual([]);
    });
  });

  test.each([
    ['inspector.html', 1280],
    ['inspector.html', 360],
    ['inspector.html', 320],
    ['options.html', 1000],
    ['options.html', 320],
  ] as const)('%s at %i px', async (path, width) => {
    const seeds = path === 'options.html' ? [popupSeeds.form] : [popupSeeds.failed, popupSeeds.form];
    for (const seed of seeds.map((one) => one ?? {})) {
      const touch = width < 400;
      await opened({ path, scheme: 'light', width, height: 720, touch, seed }, async (page) => {
        expect(await violations(page)).toEqual([]);
        expect(await misfits(page)).toEqual([]);
      });
    }
  });

  test('every row and every tab of it', async () => {
    await opened({ ...popup, seed: popupSeeds.tokenFailed ?? {} }, async (page) => {
      for (const row of ['hop-3', 'chain-end', 'leg-token', 'leg-premiuminfo']) {
        await page.click(`#${row} .line`);
        for (const tab of ['request', 'response', 'timing', 'why']) {
          await page.click(`#${row}-detail-tab-${tab}`);
          // Another tab changes the panel alone.
          const changed = tab === 'request' ? 'html' : `#${row}-detail-panel`;
          const found = await violationsIn(page, changed);
          expect([row, tab, found, await misfits(page)]).toEqual([row, tab, [], []]);
        }
      }
    });
  });
});

describe('at 380 by 600', { timeout: SLOW }, () => {
  test.each([
    'match',
    'noMatch',
    'failed',
    'tokenFailed',
    'severalEvidence',
    'interrupted',
    'cancelled',
    'unknown',
    'doctorYes',
    'doctorNo',
  ])('%s shows verdict, cure and actions without scrolling', async (name) => {
    await opened({ ...popup, seed: popupSeeds[name] ?? {} }, async (page) => {
      const cut = await page.evaluate(() => {
        const foot = document.querySelector('.foot')?.getBoundingClientRect().top ?? 0;
        const card = document.querySelector('[data-verdict]')?.getBoundingClientRect().bottom ?? 9999;
        const page = document.documentElement;
        return { belowFoot: card - foot, scrolls: page.scrollHeight - page.clientHeight };
      });
      expect(cut.belowFoot).toBeLessThanOrEqual(0);
      expect(cut.scrolls).toBe(0);
    });
  });

  test('however much the operator says, the cure stays in sight, and the row has it in full', async () => {
    const savedRun = structuredClone(moments.failed);
    const { run } = savedRun;
    const description = `${'The subscriber cannot be identified. '.repeat(13)}END`;
    if (run.failure) run.failure.operatorError = { error: 'access_denied', description };
    run.cause?.evidence.push({
      at: 'chain_end',
      leg: 'authorize',
      hop: null,
      check: null,
      detail: description,
    });
    await opened({ ...popup, seed: runSeed(savedRun) }, async (page) => {
      const room = await page.evaluate(() => {
        const foot = document.querySelector('.foot')?.getBoundingClientRect().top ?? 0;
        return foot - (document.querySelector('[data-verdict]')?.getBoundingClientRect().bottom ?? 9999);
      });
      expect(room).toBeGreaterThanOrEqual(0);
      await page.click('#hop-3 .line');
      await page.click('#hop-3-detail-tab-why');
      expect(await page.$eval('.told-in-full', (said) => said.textContent)).toContain('END');
    });
  });

  test('a long host loses its left end and keeps its domain', async () => {
    const seed = structuredClone(popupSeeds.match ?? {});
    const saved = seed.session?.savedRun as { run: { hops: { url: string }[] } };
    const long = `https://${'very-long-label.'.repeat(6)}operator.test/x`;
    if (saved.run.hops[0]) saved.run.hops[0].url = long;
    await opened({ ...popup, seed }, async (page) => {
      const ends = await page.$eval('[data-hop="1"] .host', (host) => {
        const box = host.getBoundingClientRect();
        const text = host.querySelector('bdi')?.getBoundingClientRect();
        return { right: Math.abs(box.right - (text?.right ?? 0)), left: box.left - (text?.left ?? 0) };
      });
      expect(ends.right).toBeLessThan(2);
      expect(ends.left).toBeGreaterThan(100);
    });
  });
});
