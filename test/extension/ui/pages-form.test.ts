import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { misfits, violations } from './look-at.ts';
import { emptySeed, formSeed, simulatedFormSeed } from './page-seeds.ts';
import { asked, focused, openPopups } from './use-popup.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;

beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());

describe('pairing', { timeout: 60_000 }, () => {
  test('sends the line with Enter, and says what to do where it is refused', async () => {
    const replies = { pair: { ok: false, problem: { code: 'pairing_line_invalid', detail: null } } };
    await popups.use({ ...emptySeed, replies }, async (page) => {
      await page.type('#pairing-line', ' http://127.0.0.1:8787/#key ');
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-problem="pairing_line_invalid"]');
      expect(await asked(page, 'message')).toEqual([{ type: 'pair', line: 'http://127.0.0.1:8787/#key' }]);
      expect(await asked(page, 'request')).toEqual([]);
    });
  });

  test('asks for the permission of a backend elsewhere in the same click', async () => {
    await popups.use({ ...emptySeed, grants: false }, async (page) => {
      await page.type('#pairing-line', 'https://verify.example.org:8443/#key');
      await page.click('#connect');
      await page.waitForSelector('[data-problem="host_permission_missing"]');
      expect(await asked(page, 'request')).toEqual([{ origins: ['https://verify.example.org/*'] }]);
      expect(await asked(page, 'message')).toEqual([]);
    });
  });

  test('connects to an administrator’s backend with its key alone, and asks for its host in the same click', async () => {
    const managed = { backendUrl: 'https://verify.example.org:8443', backendName: 'QA lab' };
    await popups.use({ ...emptySeed, managed, grants: false }, async (page) => {
      expect(await page.$eval('[data-chosen="offered"]', (one) => one.textContent)).toContain('QA lab');
      expect(await focused(page)).toBe('pairing-line');
      await page.type('#pairing-line', 'nvi_0123456789abcdefghij');
      await page.click('#connect');
      await page.waitForSelector('[data-problem="host_permission_missing"]');
      expect(await asked(page, 'request')).toEqual([{ origins: ['https://verify.example.org/*'] }]);
      expect(await violations(page)).toEqual([]);
      expect(await misfits(page)).toEqual([]);
    });
  });
});

describe('the form', { timeout: 60_000 }, () => {
  test('a scenario brings its number, and Enter in the field starts', async () => {
    await popups.use(simulatedFormSeed, async (page) => {
      await page.select('#scenario', 'no-match');
      await page.waitForFunction(
        () => document.querySelector<HTMLInputElement>('#number')?.value === '7700 900912',
      );
      expect(await page.$('.hint')).toBeNull();
      await page.focus('#number');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => globalThis.asked.some(([, one]) => one?.type === 'start'));
      expect((await asked(page, 'message')).at(-1)).toEqual({
        type: 'start',
        number: '+447700900912',
        country: 'GB',
        mask: '+44 •••• •••912',
        profileId: 'simulated-operator',
        scenario: 'no-match',
        expectation: 'match',
        capture: 'fetch',
      });
    });
  });

  test('refuses what cannot be a number and leaves the person in the field', async () => {
    await popups.use(formSeed, async (page) => {
      await retype(page, '12');
      await page.click('#run');
      await page.waitForSelector('[data-number-error="impossible"]');
      expect(await focused(page)).toBe('number');
      await retype(page, '');
      await page.click('#run');
      await page.waitForSelector('[data-number-error="empty"]');
      expect((await asked(page, 'message')).map((one) => (one as { type: string }).type)).toEqual([
        'profiles',
        'preflight',
      ]);
    });
  });

  test('offers the profile of the number’s country in one click, and keeps the number', async () => {
    await popups.use(formSeed, async (page) => {
      await retype(page, '+4915123456789');
      await page.waitForSelector('#use-profile');
      await page.click('#use-profile');
      await page.waitForFunction(() => document.querySelector('.prefix')?.textContent === 'DE +49');
      expect(await page.$eval('#profile', (select) => (select as HTMLSelectElement).value)).toBe(
        'vodafone-de',
      );
      expect(await page.$eval('#number', (field) => (field as HTMLInputElement).value)).toBe('1512 3456789');
    });
  });

  test('keeps the number on this device only if asked to', async () => {
    const stored = (page: Page) =>
      page.evaluate(() => globalThis.browser.storage.local.get(['rememberedNumber']) as Promise<object>);
    await popups.use(formSeed, async (page) => {
      await page.click('#run');
      await page.waitForFunction(() => globalThis.asked.some(([, one]) => one?.type === 'start'));
      expect(await stored(page)).toEqual({ rememberedNumber: null });
      await page.click('#remember');
      await page.click('#run');
      await page.waitForSelector('#forget');
      expect(await stored(page)).toEqual({ rememberedNumber: '+447912345907' });
      await page.click('#forget');
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#number')?.value === '');
      expect(await stored(page)).toEqual({ rememberedNumber: null });
    });
  });
});

async function retype(page: Page, number: string): Promise<void> {
  await page.click('#number', { count: 3 });
  await page.keyboard.press('Backspace');
  if (number) await page.type('#number', number);
}
