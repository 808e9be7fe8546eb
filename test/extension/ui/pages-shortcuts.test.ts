import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { popupSeeds } from './page-seeds.ts';
import { asked, openPopups, textOf } from './use-popup.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;

beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());

async function withControl(page: Page, key: 'Enter' | '.'): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press(key);
  await page.keyboard.up('Control');
}
const typesAsked = async (page: Page) =>
  (await asked(page, 'message')).map((one) => (one as { type: string }).type);
const untilAsked = (page: Page, type: string) =>
  page.waitForFunction((type) => globalThis.asked.some(([, one]) => one?.type === type), {}, type);

describe('shortcuts', { timeout: 120_000 }, () => {
  test('run from wherever the focus is, but not past a dialog', async () => {
    await popups.use(popupSeeds.simulatedForm, async (page) => {
      expect(await page.$eval('#run', (one) => one.getAttribute('aria-keyshortcuts'))).toBe('Control+Enter');
      await page.click('#conditions');
      await page.waitForSelector('dialog[open]');
      await withControl(page, '.');
      await page.click('#conditions-cancel');
      await page.focus('#profile');
      expect(await typesAsked(page)).not.toContain('start');
      await withControl(page, 'Enter');
      await untilAsked(page, 'start');
    });
  });

  test('cancel a run that goes on, and run again once it is over', async () => {
    await popups.use(popupSeeds.walking, async (page) => {
      await page.keyboard.press('.');
      await withControl(page, 'Enter');
      expect(await typesAsked(page)).toEqual([]);
      await withControl(page, '.');
      await untilAsked(page, 'cancel');
    });
    await popups.use(popupSeeds.match, async (page) => {
      await page.focus('#hop-3 .line');
      await withControl(page, 'Enter');
      await untilAsked(page, 'start');
    });
  });

  test('are written down in the settings, with the key that the browser has for the popup', async () => {
    const look = async (page: Page) => {
      await page.waitForSelector('.keyboard kbd');
      await page.waitForFunction(() => document.querySelectorAll('.keyboard dl > div').length === 4);
      expect(await textOf(page, '.keyboard dl')).toContain('AltShiftV');
      expect(await page.title()).toBe('Settings · Number Verify Inspector');
    };
    await popups.use(popupSeeds.form, look, { path: 'options.html', width: 900 });
  });
});
