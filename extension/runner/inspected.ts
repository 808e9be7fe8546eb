import browser from 'webextension-polyfill';

import type { SavedRun } from './saved-run.ts';

/**
 * A chain walked from a URL that somebody pasted: no backend, no number, no code redeemed. It has the shape of a run, so that
 * the pieces that show a run show it too. Kept in memory only, until the browser closes or a person forgets it.
 */
export interface Inspected extends SavedRun {
  chainOnly: true;
  stage: 'walking' | 'done';
  /** Whether the request named a redirect_uri. */
  named: boolean;
}

const KEY = 'inspected';

export async function readInspected(): Promise<Inspected | null> {
  return ((await browser.storage.session.get(KEY))[KEY] as Inspected | undefined) ?? null;
}

export function writeInspected(inspected: Inspected): Promise<void> {
  return browser.storage.session.set({ [KEY]: inspected });
}

export function clearInspected(): Promise<void> {
  return browser.storage.session.remove(KEY);
}

/** Calls `seen` with every later state of it; returns what stops it. */
export function watchInspected(seen: (inspected: Inspected | null) => void): () => void {
  const onChanged = (changes: Record<string, browser.Storage.StorageChange>, area: string) => {
    const change = changes[KEY];
    if (area === 'session' && change) seen((change.newValue as Inspected | undefined) ?? null);
  };
  browser.storage.onChanged.addListener(onChanged);
  return () => browser.storage.onChanged.removeListener(onChanged);
}
