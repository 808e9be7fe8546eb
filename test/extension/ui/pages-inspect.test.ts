import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readImport } from '#protocol/imports/read-import.ts';

import type { Seed } from './fake-browser.ts';
import { FAULTY_URL, inspectedMoments } from './inspect-seeds.ts';
import { misfits, violations } from './look-at.ts';
import { catchFiles, savedFiles } from './saved-files.ts';
import { asked, focused, openPopups, textOf } from './use-popup.ts';

let pages: Awaited<ReturnType<typeof openPopups>>;

beforeAll(async () => {
  pages = await openPopups();
});
afterAll(() => pages?.close());

const ok = { ok: true, value: null };
const replies = { inspect: ok, cancel: ok, answer_inspection: ok, forget_inspected: ok, resume: ok };
const at = { path: 'inspector.html', hash: '#/inspect', width: 1280, height: 800 } as const;
const use = (seed: Omit<Seed, 'messages'>, act: (page: Page) => Promise<void>) =>
  pages.use({ replies, ...seed }, act, at);
/** As a paste does: all of it at once. */
const paste = (page: Page, url: string) =>
  page.$eval(
    '#inspect-url',
    (field, text) => {
      (field as HTMLTextAreaElement).value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
    url,
  );
const messages = async (page: Page) => (await asked(page, 'message')) as { type: string }[];

describe('any chain', { timeout: 120_000 }, () => {
  test('is read as it is typed: what is wrong, where, by which clause and what to do, the worst first', async () => {
    await use({}, async (page) => {
      expect(await focused(page)).toBe('inspect-url');
      expect(await page.$('[data-lint]')).toBeNull();
      await paste(page, FAULTY_URL);
      await page.waitForSelector('[data-lint="found"]');
      const levels = await page.$$eval('[data-finding]', (all) =>
        all.map((one) => one.getAttribute('data-level')),
      );
      expect([...new Set(levels)]).toEqual(['error', 'warning', 'note']);
      expect(await textOf(page, '[data-finding="missing_acr_values"]')).toMatch(
        /acr_values.*Do.*acr_values=2.*Mobile Connect/,
      );
      expect(await textOf(page, '[data-finding="state_weak"]')).toContain('3 characters');
      expect(await textOf(page, '.lint summary')).toContain('3 errors');
      // Reading sends nothing.
      expect(await messages(page)).toEqual([]);
    });
  });

  test('asks for the first host in the click, then hands the URL to the background and folds the findings', async () => {
    await use({}, async (page) => {
      await paste(page, FAULTY_URL);
      await page.waitForSelector('#walk:not([disabled])');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.lint:not([open])');
      expect(await asked(page, 'request')).toEqual([{ origins: ['https://api.operator.test/*'] }]);
      expect(await messages(page)).toEqual([{ type: 'inspect', url: FAULTY_URL }]);
    });
  });

  test('sends nothing where the host was refused, or where there is no URL to walk', async () => {
    await use({ grants: false }, async (page) => {
      expect(await page.$('#walk:disabled')).not.toBeNull();
      await paste(page, 'api.operator.test/authorize');
      await page.waitForSelector('[data-finding="not_a_url"]');
      expect(await page.$('#walk:disabled')).not.toBeNull();
      await paste(page, FAULTY_URL);
      await page.click('#walk:not([disabled])');
      await page.waitForSelector('.inspect-form [role="alert"]');
      expect(await messages(page)).toEqual([]);
    });
  });

  test('shows hops, details and as many lamps as a chain can light, and claims no more', async () => {
    await use({ session: { inspected: inspectedMoments.done } }, async (page) => {
      await page.waitForSelector('[data-inspected="callback"]');
      expect(await page.$$('[data-lamp]')).toHaveLength(2);
      expect(await page.$$('[data-leg]')).toHaveLength(0);
      await page.click('#chain-end .line');
      expect(await textOf(page, '.pane')).toContain('goes to nobody');
    });
  });

  test('before what looks like an answer the safe way has the focus, and either is one message', async () => {
    await use({ session: { inspected: inspectedMoments.asking } }, async (page) => {
      await page.waitForSelector('#stop-here');
      expect(await focused(page)).toBe('stop-here');
      expect(await textOf(page, '.pause')).toMatch(/app\.relying-party\.test.*code, state/);
      await page.click('#go-on');
      await page.click('#stop-here');
      await page.click('#cancel-inspection');
      const sent = (await messages(page)).slice(-3);
      expect(sent).toEqual([
        { type: 'answer_inspection', goesOn: true },
        { type: 'answer_inspection', goesOn: false },
        { type: 'cancel' },
      ]);
    });
  });

  test('is kept only when that is asked for, as a bundle that reads back (E17)', async () => {
    await use({ session: { inspected: inspectedMoments.done } }, async (page) => {
      await page.waitForSelector('#keep-recording');
      await catchFiles(page);
      await page.click('#keep-recording');
      await page.waitForSelector('[data-kept="kept"]');
      const [file] = await savedFiles(page);
      const read = readImport(file?.text ?? '');
      expect(read).toMatchObject({ ok: true, runs: [{ run: { verdict: 'unknown' } }] });
      await page.click('#forget-inspected');
      expect((await messages(page)).at(-1)).toEqual({ type: 'forget_inspected' });
    });
  });

  test.each([
    [1280, ['done']],
    [320, Object.keys(inspectedMoments)],
  ])(
    'is readable in light and in dark at %i px: what was found, and the chain when it is %j',
    async (width, names) => {
      for (const name of [null, ...names]) {
        const seed = { replies, ...(name ? { session: { inspected: inspectedMoments[name] } } : {}) };
        const look = async (page: Page) => {
          if (name === null) await paste(page, FAULTY_URL);
          await page.waitForSelector(name === null ? '[data-lint]' : '.run-view');
          expect([name, await violations(page), await misfits(page)]).toEqual([name, [], []]);
        };
        await pages.use(seed, look, { ...at, width, touch: width < 400 });
      }
    },
  );
});
