/** What every page has to be in Firefox as well: sound, for everybody, in light and in dark. */
import type { Page } from 'puppeteer-core';
import { afterAll, expect, test } from 'vitest';

import { startOver } from '../../backend/demo/drive-popup.ts';
import { misfits, violations } from '../extension/ui/look-at.ts';
import type { E2eStage } from './e2e-stage.ts';
import type { StagedFirefox } from './staged-firefox.ts';

const PAGES = [
  ['popup.html', '', '[data-lamp]'],
  ['options.html', '', 'h1'],
  ['inspector.html', '', '#run, [data-lamp]'],
  ['inspector.html', '#/runs', 'a.run-row'],
  ['inspector.html', '#/coverage', '.coverage-page'],
  ['inspector.html', '#/compare', '.compare-page'],
  ['inspector.html', '#/import', '.import-page'],
  ['inspector.html', '#/inspect', '#inspect-url'],
  ['inspector.html', '#/hosts/simulated', '[data-host]'],
  ['inspector.html', '#/replay', 'body:has([data-to="replay"][aria-current]) h1'],
  ['inspector.html', '#/replay/no-match', '#play'],
] as const;

/** Must be called at the top of a test file, after a run, with what gives its stage. */
export function testFirefoxPages(stage: () => E2eStage): void {
  const firefox = () => stage().firefox as StagedFirefox;
  /** One tab for all that is one page: each of its own would compile axe anew. */
  let open: { page: Page; path: string } | null = null;
  afterAll(() => open?.page.close());

  /** What axe finds in both schemes, what does not fit, and what the page's scripts stumbled over. */
  async function faultsOf(page: Page): Promise<unknown[]> {
    const found = await violations(page, (_, scheme) => firefox().wear(scheme));
    return [...found, ...(await misfits(page)), ...(await firefox().errors())];
  }

  test.each(PAGES)(
    '%s%s opens without an error, fits, and axe finds nothing in it',
    async (path, hash, shown) => {
      await firefox().wear('light');
      if (open?.path === path) {
        await open.page.evaluate(`location.hash = '${hash}'`);
      } else {
        await open?.page.close();
        open = { path, page: await stage().openPage(path, hash) };
      }
      await open.page.waitForSelector(shown);
      expect(await faultsOf(open.page)).toEqual([]);
    },
  );

  test('so are the record of a run, and the form with all that is known before one', async () => {
    const runs = await stage().openPage('inspector.html', '#/runs');
    await (await runs.waitForSelector('a.run-row'))?.click();
    await runs.waitForSelector('.record .chain');
    expect(await faultsOf(runs)).toEqual([]);
    await runs.close();
    const popup = await stage().popup();
    await startOver(popup);
    await popup.click('#preflight summary');
    await popup.waitForSelector('#preflight[open] [data-seen="proxy"]');
    expect(await faultsOf(popup)).toEqual([]);
  });
}
