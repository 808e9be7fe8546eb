import puppeteer, { type Browser, type Page } from 'puppeteer-core';

import { chromiumArgs } from '../simulator/chromium-args.ts';
import type { SimulatedOperator } from '../simulator/simulated-operator.ts';

export interface ChromiumOptions {
  executablePath: string;
  /** The built extension, as an absolute path. */
  extensionFolder: string;
  operator: SimulatedOperator | null;
  headless: boolean;
  extraArgs?: string[];
}

/** A Chromium of its own profile that knows the simulated operator's names and certificate, with the extension loaded. */
export function launchChromium({
  executablePath,
  extensionFolder,
  operator,
  headless,
  extraArgs = [],
}: ChromiumOptions): Promise<Browser> {
  return puppeteer.launch({
    executablePath,
    headless,
    // The pipe is the one way to load an extension that branded Chrome still has since 137.
    pipe: true,
    enableExtensions: [extensionFolder],
    defaultViewport: null,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // A popup is cut to its screen; this one has room for the 600 px it wants.
      ...(headless ? ['--disable-gpu', '--screen-info={2560x2000 devicePixelRatio=2}'] : []),
      ...(operator ? chromiumArgs(operator) : []),
      ...extraArgs,
    ],
  });
}

/** Opens the real toolbar popup and waits until it can be driven. */
export async function openPopup(browser: Browser): Promise<Page> {
  const worker = await (
    await browser.waitForTarget(
      (target) => target.type() === 'service_worker' && target.url().endsWith('/background.js'),
    )
  ).worker();
  await worker?.evaluate('chrome.action.openPopup()');
  const popup = await (
    await browser.waitForTarget((target) => target.type() === 'page' && target.url().endsWith('/popup.html'))
  ).asPage();
  await popup.waitForSelector('#pairing-line, #run, [data-lamp]');
  return popup;
}
