import browser from 'webextension-polyfill';
import type { HostRule, Profile } from '#protocol/profile.ts';

import { readSettings, writeSettings } from '../../runner/settings.ts';

/** `always`: it comes with the extension. `refused`: a person said no, which browsers do not remember for us. */
export type HostState = 'allowed' | 'always' | 'not_yet' | 'refused';

/** The hosts that a run asks, each once. That of redirect_uri is never asked (PR1). */
export function hostsToAllow({ hosts }: Pick<Profile, 'hosts'>): HostRule[] {
  const asked = hosts.filter(({ role }) => role !== 'callback');
  return asked.filter(({ pattern }, at) => asked.findIndex((one) => one.pattern === pattern) === at);
}

export async function readHostStates(hosts: readonly HostRule[]): Promise<ReadonlyMap<string, HostState>> {
  const { refusedHosts } = await readSettings();
  const states = await Promise.all(hosts.map((host) => stateOf(host, refusedHosts)));
  return new Map(hosts.map(({ pattern }, at) => [pattern, states[at] ?? 'not_yet']));
}

async function stateOf({ pattern, scheme }: HostRule, refused: readonly string[]): Promise<HostState> {
  const origin = `${scheme === 'either' ? '*' : scheme}://${pattern}/*`;
  const allowed = await browser.permissions.contains({ origins: [origin] }).catch(() => false);
  if (allowed) return comesWithUs(pattern) ? 'always' : 'allowed';
  return refused.includes(pattern) ? 'refused' : 'not_yet';
}

/** Asks for these hosts in one question. Must be called in the click itself: the browser counts it only until something is awaited. */
export async function allowHosts(patterns: readonly string[]): Promise<boolean> {
  const asking = browser.permissions.request({ origins: patterns.map(originOf) });
  const granted = await asking.catch(() => false);
  const { refusedHosts } = await readSettings();
  const others = refusedHosts.filter((one) => !patterns.includes(one));
  await writeSettings({ refusedHosts: granted ? others : [...others, ...patterns] });
  return granted;
}

export function takeBack(pattern: string): Promise<void> {
  return takeBackOrigin(originOf(pattern));
}

/** As the browser has it: what was allowed for one scheme is not taken back by both. */
export async function takeBackOrigin(origin: string): Promise<void> {
  await browser.permissions.remove({ origins: [origin] }).catch(() => false);
}

/** What is allowed beside `listed` and what comes with the extension: left by other profiles, chains and backends. */
export async function readOtherOrigins(listed: readonly string[]): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll();
  const known = new Set([...originsWithUs(), ...listed.map(originOf)]);
  return origins.filter((origin) => !known.has(origin)).toSorted();
}

/** Both schemes: the browser may turn one into the other on the way. */
function originOf(pattern: string): string {
  return `*://${pattern}/*`;
}

/** Whether the manifest has it, so that nobody can take it back one by one. */
function comesWithUs(pattern: string): boolean {
  const bare = pattern.replace('*.', '');
  return originsWithUs().some((origin) => {
    const host = /^[^:]+:\/\/([^/]+)\//.exec(origin)?.[1] ?? '';
    return host.startsWith('*.') ? bare === host.slice(2) || bare.endsWith(host.slice(1)) : host === pattern;
  });
}

function originsWithUs(): string[] {
  const { host_permissions: ours = [] } = browser.runtime.getManifest() as { host_permissions?: string[] };
  return ours;
}
