import type { Browser, Page } from 'puppeteer-core';

import { isBackground, launchChromium, openPopup } from '../../backend/demo/launch-chromium.ts';
import { findChromium } from '../../setup.mjs';
import { patient, type StagedBrowser, type StagedBrowserOptions, until } from './staged-browser.ts';

export interface StagedChromiumOptions extends StagedBrowserOptions {
  extraArgs?: string[];
  otherExtensions?: string[];
}

/**
 * Half of what a run costs here is drawing it: nobody looks, so nothing moves, and a pixel is one pixel. The last of two
 * equal switches counts.
 */
const PLAINLY_DRAWN = ['--force-prefers-reduced-motion', '--screen-info={2560x2000}'];

export async function stageChromium(options: StagedChromiumOptions): Promise<StagedBrowser> {
  const chromium = findChromium();
  if (!chromium) throw new Error('No Chromium was found; setup.mjs says how to get one');
  const browser = await launchChromium({
    ...options,
    executablePath: chromium.path,
    headless: true,
    extraArgs: [...PLAINLY_DRAWN, ...(options.extraArgs ?? [])],
  });
  const first = await browser.waitForTarget(isBackground);
  const extensionOrigin = first.url().slice(0, -'/background.js'.length);
  let opener: Page | null = null;
  // By its address: the worker, which knows it too, may be asleep by now.
  const openPage: StagedBrowser['openPage'] = async (path, hash = '') => {
    const page = await browser.newPage();
    await page.goto(`${extensionOrigin}/${path}${hash}`);
    return patient(page);
  };
  return {
    browser,
    extensionOrigin,
    openPage,
    async openPopup() {
      opener ??= await openPage('options.html');
      await opener.bringToFront();
      return patient(await openPopup(browser, opener));
    },
    async killBackground() {
      const targets = await workers(browser);
      const cdp = await browser.target().createCDPSession();
      for (const { targetId } of targets) await cdp.send('Target.closeTarget', { targetId });
      await cdp.detach();
      await until(async () =>
        (await workers(browser)).every(({ targetId }) => !targets.some((one) => one.targetId === targetId)),
      );
    },
    hasBackground: async () => (await workers(browser)).length > 0,
  };
}

/** Asked of the browser itself: attaching to a worker would keep it alive. */
async function workers(browser: Browser): Promise<{ targetId: string }[]> {
  const cdp = await browser.target().createCDPSession();
  const { targetInfos } = await cdp.send('Target.getTargets');
  await cdp.detach();
  return targetInfos.filter(({ type, url }) => type === 'service_worker' && url.endsWith('/background.js'));
}
