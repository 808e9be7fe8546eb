import type { Page } from 'puppeteer-core';

import type { Seed } from './fake-browser.ts';
import { openPages, type PageSetting } from './open-pages.ts';

/** The popup in Chromium, for tests that use it as a person does. */
export async function openPopups() {
  const pages = await openPages();
  const use = async (
    seed: Omit<Seed, 'messages'> | undefined,
    act: (page: Page) => Promise<void>,
    at: Partial<PageSetting> = {},
  ) => {
    const setting = { path: 'popup.html', scheme: 'light', width: 380, height: 600 } as const;
    await pages.use({ ...setting, ...at, seed: seed ?? {} }, act);
  };
  return { use, close: pages.close };
}

/** Everything the page asked of the browser so far, of one kind. */
export async function asked(page: Page, kind: string): Promise<unknown[]> {
  const all = (await page.evaluate('asked')) as [string, unknown][];
  return all.filter(([what]) => what === kind).map(([, value]) => value);
}

/** What has the focus, by its id or its run, once what was due in the page is done: effects come after the drawing they follow. */
export function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    return (document.activeElement as HTMLElement | null)?.dataset.run ?? document.activeElement?.id;
  });
}

export function textOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, (found) => found.textContent ?? '');
}
