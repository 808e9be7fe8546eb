import browser from 'webextension-polyfill';

import { type HostRule, hostMatches } from '#protocol/profile.ts';

/** Whether this extension may send to the host of `url`. Ports play no part in match patterns. */
export function isPermitted(url: URL): Promise<boolean> {
  return browser.permissions.contains({ origins: [`${url.protocol}//${url.hostname}/*`] });
}

/** What to ask for when a hop leads to a host: the profile's whole pattern where one covers it, else the host alone. */
export function originsToAsk(url: URL, hosts: readonly HostRule[]): string[] {
  const rules = hosts.filter(({ pattern }) => hostMatches(pattern, url.hostname));
  const wildcard = rules.find(({ pattern }) => pattern.startsWith('*.'));
  return [`*://${wildcard?.pattern ?? url.hostname}/*`];
}
