import type { Browser, Page } from 'puppeteer-core';

import type { SimulatedOperator } from '../../backend/simulator/simulated-operator.ts';

export type ExtensionPage = 'popup.html' | 'options.html' | 'inspector.html';

/** A real browser with the extension loaded, as the tests drive it; what differs between browsers stays behind it. */
export interface StagedBrowser {
  browser: Browser;
  /** `chrome-extension://…` or `moz-extension://…`. */
  extensionOrigin: string;
  /** A tab on a page of the extension; `hash` is what follows the path. */
  openPage(path: ExtensionPage, hash?: string): Promise<Page>;
  /** Chromium: the real toolbar popup. Firefox: its page in a tab, because no driver reaches the panel. */
  openPopup(): Promise<Page>;
  /** Ends the worker, or Firefox's event page, as the browser may at any time. */
  killBackground(): Promise<void>;
  hasBackground(): Promise<boolean>;
}

export interface StagedBrowserOptions {
  /** Whose names and certificate the browser is told of. */
  operator: SimulatedOperator | null;
  extensionFolder: string;
}

/** A page on which anything may take as long as slow machines need. */
export function patient(page: Page): Page {
  page.setDefaultTimeout(90_000);
  return page;
}

/** Waits until `seen` holds, looking again every few milliseconds; fails after `withinMs` with what was waited for. */
export async function until(seen: () => Promise<boolean> | boolean, withinMs = 60_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await seen())) {
    if (Date.now() > end) throw new Error(`Not seen within ${withinMs} ms: ${seen}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
