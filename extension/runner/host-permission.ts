import browser, { type Permissions } from 'webextension-polyfill';

import { type HostRule, hostMatches } from '#protocol/profile.ts';

import { coversUrl } from './host-origins.ts';

/** The permission check of one run. */
export interface HostPermissions {
  /** Whether this extension may send to the host of `url`, now. Ports play no part in match patterns. */
  isPermitted(url: URL): Promise<boolean>;
  /** Whether a permission for it was taken back since the run began. */
  wasRevoked(url: URL): boolean;
  /** Hears of every permission that is taken back, until what it returns is called. */
  onRevoked(heard: () => void): () => void;
  close(): void;
}

/**
 * Asks for the profile's hosts once, before the clock runs, so that a known hop costs no question; every other host is
 * asked about when the chain leads there. What is revoked in mid-run is forgotten at once.
 */
export async function openHostPermissions(hosts: readonly HostRule[]): Promise<HostPermissions> {
  const granted = new Set<string>();
  const revoked = new Set<string>();
  const listeners = new Set<() => void>();
  const forget = ({ origins = [] }: Permissions.Permissions) => {
    granted.clear();
    for (const origin of origins) revoked.add(origin);
    for (const heard of listeners) heard();
  };
  browser.permissions.onRemoved.addListener(forget);
  const held = await Promise.all(hosts.map(({ pattern }) => isAllowed([`*://${pattern}/*`])));
  for (const [at, { pattern }] of hosts.entries()) if (held[at]) granted.add(pattern);
  return {
    isPermitted: async ({ protocol, hostname }) =>
      [...granted].some((pattern) => hostMatches(pattern, hostname)) ||
      isAllowed([`${protocol}//${hostname}/*`]),
    wasRevoked: (url) => [...revoked].some((origin) => coversUrl(origin, url)),
    onRevoked(heard) {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
    close: () => browser.permissions.onRemoved.removeListener(forget),
  };
}

/** Whether all of these match patterns are allowed, now. */
export function isAllowed(origins: string[]): Promise<boolean> {
  return browser.permissions.contains({ origins });
}
