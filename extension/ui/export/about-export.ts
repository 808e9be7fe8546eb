import browser from 'webextension-polyfill';

import { observe } from '../../runner/observed.ts';
import type { About } from './write-file.ts';

/** What a file made here says of this browser; `filter` is which runs were asked for, in words. */
export function aboutExport(filter: string): About {
  const { browser: seen } = observe();
  const [, name = 'unknown', version = '-'] = /^(.*) (\S+)$/.exec(seen ?? '') ?? [];
  return {
    toolVersion: browser.runtime.getManifest().version,
    browser: { name, version },
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    filter,
  };
}
