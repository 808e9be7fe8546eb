import browser from 'webextension-polyfill';

import { type HostRule, hostMatches } from '#protocol/profile.ts';

/** The permission check of one run. */
export interface HostPermissions {
  /** Whether this extension may send to the host of `url`, now. Ports play no part in match patterns. */
  isPermitted(url: URL): Promise<boolean>;
  close(): void;
}

/**
 * Asks for the profile's hosts once, before the clock runs, so that a known hop costs no question; every other host is
 * asked about when the chain leads there. What is revoked in mid-run is forgotten at once.
 */
export async function openHostPermissions(hosts: readonly HostRule[]): Promise<HostPermissions> {
  const granted = new Set<string>();
  const forget = () => granted.clear();
  browser.permissions.onRemoved.addListener(forget);
  const held = await Promise.all(hosts.map(({ pattern }) => contains(`*://${pattern}/*`)));
  for (const [at, { pattern }] of hosts.entries()) if (held[at]) granted.add(pattern);
  return {
    isPermitted: async ({ protocol, hostname }) =>
      [...granted].some((pattern) => hostMatches(pattern, hostname)) ||
      contains(`${protocol}//${hostname}/*`),
    close: () => browser.permissions.onRemoved.removeListener(forget),
  };
}

function contains(origin: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [origin] });
}

/** What to ask for when a hop leads to a host: the profile's whole pattern where one covers it, else the host alone. */
export function originsToAsk(url: URL, hosts: readonly HostRule[]): string[] {
  const rules = hosts.filter(({ pattern }) => hostMatches(pattern, url.hostname));
  const wildcard = rules.find(({ pattern }) => pattern.startsWith('*.'));
  return [`*://${wildcard?.pattern ?? url.hostname}/*`];
}
