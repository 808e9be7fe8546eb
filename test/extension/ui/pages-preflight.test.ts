import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { misfits, violations } from './look-at.ts';
import { formSeed, preflightSeen, simulatedFormSeed } from './page-seeds.ts';
import { asked, openPopups, textOf } from './use-popup.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;

beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());

const seeing = (seen: object) => ({
  ...formSeed,
  replies: { ...formSeed.replies, preflight: { ok: true, value: { ...preflightSeen, ...seen } } },
});
const line = (page: Page) => textOf(page, '#preflight summary');
const looked = async (page: Page) =>
  ((await asked(page, 'message')) as { type: string }[]).filter(({ type }) => type === 'preflight');

describe('before a run', { timeout: 60_000 }, () => {
  test('one quiet line says what was seen, and all of it is there on demand, readable at 380 and 320 px', async () => {
    for (const width of [380, 320]) {
      await popups.use(
        formSeed,
        async (page) => {
          await page.waitForSelector('[data-preflight="quiet"]');
          expect(await line(page)).toBe(
            'Backend ok · 4 hosts allowed · no upgrade seen · a browser cannot see mobile data: is Wi-Fi off?',
          );
          expect(await page.$eval('#preflight', (one) => (one as HTMLDetailsElement).open)).toBe(false);
          await page.focus('#preflight summary');
          await page.keyboard.press('Enter');
          await page.waitForSelector('#preflight[open] [data-seen="proxy"]');
          expect(await textOf(page, '[data-seen="proxy"]')).toContain(
            'does not tell what its requests go through',
          );
          expect([await violations(page), await misfits(page)]).toEqual([[], []]);
        },
        width === 320 ? { path: 'inspector.html', width, touch: true } : { width },
      );
    }
  });

  test('what is wrong takes the place of what is well: a clock that is off, and http that becomes https (A15)', async () => {
    const seen = {
      backend: { skew: { ms: 300_000, withinMs: 510 } },
      upgrade: { outcome: 'upgraded', host: 'he.operator.test' },
    };
    await popups.use(seeing(seen), async (page) => {
      await page.waitForSelector('[data-preflight="wrong"]');
      expect(await line(page)).toBe(
        'the browser turned http into https · the backend’s clock is 5 min ahead · a browser cannot see mobile data: is Wi-Fi off?',
      );
      await page.click('#preflight summary');
      expect([await violations(page), await misfits(page)]).toEqual([[], []]);
    });
  });

  test('a device that goes offline is said at once, and nobody is asked for that (A43)', async () => {
    await popups.use(formSeed, async (page) => {
      await page.waitForSelector('[data-preflight="quiet"]');
      await page.setOfflineMode(true);
      await page.waitForSelector('[data-preflight="wrong"] [data-code="offline"]');
      expect(await line(page)).toContain('this browser is offline');
      await page.setOfflineMode(false);
      await page.waitForSelector('[data-preflight="quiet"]');
      expect(await looked(page)).toHaveLength(1);
    });
  });

  test('an operator’s own host is asked only by the button that names it; the simulator’s is asked at once (PR9)', async () => {
    await popups.use(formSeed, async (page) => {
      await page.waitForSelector('[data-preflight="quiet"]');
      expect(await looked(page)).toEqual([{ type: 'preflight', httpHost: null }]);
      await page.click('#preflight summary');
      expect(await textOf(page, '#preflight .again')).toContain('http://he.operator.test once');
      await page.click('#look-again');
      await page.waitForSelector('#look-again:not([disabled])');
      expect((await looked(page)).at(-1)).toEqual({ type: 'preflight', httpHost: 'he.operator.test' });
    });
    await popups.use(simulatedFormSeed, async (page) => {
      await page.waitForSelector('[data-preflight="quiet"]');
      expect(await looked(page)).toEqual([{ type: 'preflight', httpHost: 'he.operator.test' }]);
    });
  });

  test('all cookies of the hosts is a choice that says what it does, in the line as well', async () => {
    await popups.use(formSeed, async (page) => {
      await page.waitForSelector('[data-preflight="quiet"]');
      await page.click('#preflight summary');
      expect(await page.$eval('#clean-start', (one) => (one as HTMLSelectElement).value)).toBe('received');
      await page.select('#clean-start', 'all');
      await page.waitForFunction(() => document.body.textContent?.includes('logs you out of these hosts'));
      expect(await textOf(page, '#clean-start-about')).toBe(
        'This logs you out of these hosts in this browser.',
      );
      expect(await line(page)).toContain('logs you out of these hosts');
      const stored = await page.evaluate(() => globalThis.browser.storage.local.get(['cleanStart']));
      expect(stored).toEqual({ cleanStart: 'all' });
    });
  });

  test('Run takes the permission for cookies along in its click, where it has to be taken', async () => {
    const missing = { ...formSeed, allowed: false };
    await popups.use(missing, async (page) => {
      await page.waitForSelector('[data-preflight]:not([data-preflight="looking"])');
      await page.click('#run');
      await page.waitForFunction(() => globalThis.asked.some(([, one]) => one?.type === 'start'));
      expect(await asked(page, 'request')).toEqual([{ permissions: ['cookies'] }]);
    });
  });
});
