import type { Page } from 'puppeteer-core';

import type { KeptHops } from '../../extension/runner/kept-hops.ts';

/** What the extension that a page belongs to has on disk of its runs, as it stands there. */
export async function hopsOnDisk(page: Page, store = 'runs'): Promise<KeptHops[]> {
  return (await page.evaluate(`new Promise((resolve) => {
    const opening = indexedDB.open('kept-hops');
    // Not made here: then the extension would find it empty.
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => resolve([]);
    opening.onsuccess = () => {
      const db = opening.result;
      const reading = db.transaction('${store}').objectStore('${store}').getAll();
      reading.onsuccess = () => { db.close(); resolve(reading.result); };
    };
  })`)) as KeptHops[];
}
