import type { Page } from 'puppeteer-core';

import type { Seed } from './fake-browser.ts';
import type { PageSetting } from './open-pages.ts';
import { asked, type openPopups } from './use-popup.ts';

export { focused } from './use-popup.ts';

/** The page of runs in Chromium, for tests that use it as a person does. */
export const at = { path: 'inspector.html', hash: '#/runs', width: 1280, height: 800 } as const;

export function usingRuns(popups: () => Awaited<ReturnType<typeof openPopups>>) {
  return (
    seed: Omit<Seed, 'messages'>,
    act: (page: Page) => Promise<void>,
    setting: Partial<PageSetting> = {},
  ) =>
    popups().use(
      seed,
      async (page) => {
        await page.waitForSelector('.run-row:not(.blank), .list-end:not([role])');
        await act(page);
      },
      { ...at, ...setting },
    );
}

export const rowsIn = (page: Page) => page.$$eval('a.run-row', (rows) => rows.map((row) => row.dataset.run));
export const verdictsIn = (page: Page) =>
  page.$$eval('a.run-row', (rows) => rows.map((row) => row.dataset.verdict));
export const hashIn = (page: Page) => page.evaluate(() => location.hash);
export const lastAsked = async (page: Page, type: string) =>
  (await asked(page, 'message')).findLast((one) => (one as { type: string }).type === type);
/** Scrolls as a person does, and waits until what came into sight is drawn. */
export const scrollTo = async (page: Page, top: number) => {
  await page.$eval('.scroller', (box, top) => box.scrollTo(0, top as number), top);
  await page.waitForFunction(() => {
    const box = document.querySelector('.scroller')?.getBoundingClientRect();
    const row = box && document.elementFromPoint(box.left + 200, box.top + box.height / 2);
    return Boolean(row?.closest('a.run-row'));
  });
};
