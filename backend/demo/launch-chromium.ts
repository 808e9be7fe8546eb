import puppeteer, { type Browser, type Page, type Target } from 'puppeteer-core';

import { chromiumArgs } from '../simulator/chromium-args.ts';
import type { SimulatedOperator } from '../simulator/simulated-operator.ts';

/** Milliseconds a start may take: a machine that is busy needs more than the usual thirty seconds. */
const LAUNCH_MS = 120_000;

export interface ChromiumOptions {
  executablePath: string;
  /** The built extension, as an absolute path. */
  extensionFolder: string;
  operator: SimulatedOperator | null;
  headless: boolean;
  extraArgs?: string[];
  /** Extensions loaded beside ours. */
  otherExtensions?: string[];
}

/** A Chromium of its own profile that knows the simulated operator's names and certificate, with the extension loaded. */
export function launchChromium({
  executablePath,
  extensionFolder,
  operator,
  headless,
  extraArgs = [],
  otherExtensions = [],
}: ChromiumOptions): Promise<Browser> {
  return puppeteer.launch({
    executablePath,
    headless,
    timeout: LAUNCH_MS,
    // The pipe is the one way to load an extension that branded Chrome still has since 137.
    pipe: true,
    enableExtensions: [extensionFolder, ...otherExtensions],
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

/** A tab on one of the extension's own pages. */
export async function openExtensionPage(
  browser: Browser,
  path: 'options.html' | 'inspector.html',
): Promise<Page> {
  const worker = await browser.waitForTarget(isBackground);
  const page = await browser.newPage();
  await page.goto(worker.url().replace('background.js', path));
  return page;
}

/**
 * Opens the real toolbar popup and waits until it can be driven. Asked for by a page, not by the worker: a debugger that
 * was attached to a worker once keeps every later one from starting.
 */
export async function openPopup(browser: Browser, page: Page): Promise<Page> {
  await page.evaluate('chrome.action.openPopup()');
  const target = await browser.waitForTarget(
    (one) => one.type() === 'page' && one.url().endsWith('/popup.html'),
  );
  const popup = await target.asPage();
  await popup.waitForSelector('#pairing-line, #run, [data-lamp]');
  return popup;
}

export function isBackground(target: Target): boolean {
  return target.type() === 'service_worker' && target.url().endsWith('/background.js');
}
