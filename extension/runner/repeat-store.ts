import browser from 'webextension-polyfill';

import type { Series } from './repeat.ts';

const KEY = 'series';

export async function readSeries(): Promise<Series | null> {
  return ((await browser.storage.session.get(KEY))[KEY] as Series | undefined) ?? null;
}

export function writeSeries(series: Series): Promise<void> {
  return browser.storage.session.set({ [KEY]: series });
}

export function clearSeries(): Promise<void> {
  return browser.storage.session.remove(KEY);
}

let last: Promise<unknown> = Promise.resolve();

/** Changes the series, one change after the other: a Stop must not be lost to a result that comes in the same moment. */
export function changeSeries(edit: (series: Series) => Series): Promise<Series | null> {
  const changing = last.then(async () => {
    const series = await readSeries();
    if (!series) return null;
    const changed = edit(series);
    await writeSeries(changed);
    return changed;
  });
  last = changing.catch(() => null);
  return changing;
}

/** Calls `seen` with every later state of the series; returns what stops it. */
export function watchSeries(seen: (series: Series | null) => void): () => void {
  const onChanged = (changes: Record<string, browser.Storage.StorageChange>, area: string) => {
    const change = changes[KEY];
    if (area === 'session' && change) seen((change.newValue as Series | undefined) ?? null);
  };
  browser.storage.onChanged.addListener(onChanged);
  return () => browser.storage.onChanged.removeListener(onChanged);
}
