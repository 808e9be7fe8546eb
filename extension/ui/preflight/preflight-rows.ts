import type { Profile } from '#protocol/profile.ts';

import { isSkewed } from '../../runner/clock-skew.ts';
import type { Preflight } from '../../runner/preflight.ts';

/** What one line of the preflight can say. Each has a sentence in `locales/`. */
export type PreflightCode =
  | 'offline'
  | 'link_wifi'
  | 'link_cellular'
  | 'link_ethernet'
  | 'link_untold'
  | 'backend_ok'
  | 'backend_here'
  | 'backend_here_phone'
  | 'backend_private'
  | 'backend_private_phone'
  | 'backend_public'
  | 'backend_gone'
  | 'backend_gone_phone'
  | 'backend_gone_here_phone'
  | 'hosts_allowed'
  | 'hosts_ask'
  | 'listener_seen'
  | 'listener_unseen'
  | 'listener_not_known'
  | 'upgrade_stayed'
  | 'upgrade_upgraded'
  | 'upgrade_exempt'
  | 'upgrade_not_tried'
  | 'upgrade_unnamed'
  | 'proxy_not_told'
  | 'proxy_none'
  | 'proxy_proxied'
  | 'proxy_exempt'
  | 'clock_ok'
  | 'clock_ahead'
  | 'clock_behind'
  | 'clock_not_told';

/** `unknown`: it was not seen, and that is said. */
export type PreflightLevel = 'good' | 'bad' | 'unknown';

export interface PreflightRow {
  name: 'link' | 'backend' | 'hosts' | 'listener' | 'upgrade' | 'proxy' | 'clock';
  level: PreflightLevel;
  code: PreflightCode;
  given: string[];
}

/** What the page itself knows, without asking anybody. */
export interface PageKnows {
  online: boolean;
  phone: boolean;
  /** `navigator.connection.type`, where the browser has it. */
  connection: string | null;
  hosts: { all: number; missing: number } | null;
  /** See `httpHostOf`. */
  httpHost: string | null;
}

/** Everything that was looked at, worst things where they belong: nothing is left out because it is good. Pure. */
export function preflightRows(page: PageKnows, seen: Preflight | null): PreflightRow[] {
  return [
    linkRow(page),
    ...(seen ? [backendRow(page, seen)] : []),
    ...(page.hosts ? [hostsRow(page.hosts)] : []),
    ...(seen ? [upgradeRow(page, seen), proxyRow(seen), clockRow(seen), listenerRow(seen)] : []),
  ];
}

function linkRow({ online, connection }: PageKnows): PreflightRow {
  if (!online) return { name: 'link', level: 'bad', code: 'offline', given: [] };
  const told = ['wifi', 'cellular', 'ethernet'].find((one) => one === connection);
  // None of them is good: what the SIM's network thinks of this device no browser can see.
  return { name: 'link', level: 'unknown', code: `link_${told ?? 'untold'}` as PreflightCode, given: [] };
}

function hostsRow({ all, missing }: { all: number; missing: number }): PreflightRow {
  return missing === 0
    ? { name: 'hosts', level: 'good', code: 'hosts_allowed', given: [String(all)] }
    : { name: 'hosts', level: 'unknown', code: 'hosts_ask', given: [String(missing), String(all)] };
}

/** That it answers this browser does not say that it answers a phone on mobile data; where it is may say that it cannot. */
function backendRow({ phone }: PageKnows, { backend, reach }: Preflight): PreflightRow {
  const row: Pick<PreflightRow, 'name' | 'given'> = { name: 'backend', given: [] };
  if (!backend) {
    const code = phone
      ? reach === 'here'
        ? 'backend_gone_here_phone'
        : 'backend_gone_phone'
      : 'backend_gone';
    return { ...row, level: 'bad', code };
  }
  if (reach === 'private')
    return phone
      ? { ...row, level: 'bad', code: 'backend_private_phone' }
      : { ...row, level: 'good', code: 'backend_private' };
  if (reach === 'here') return { ...row, level: 'good', code: phone ? 'backend_here_phone' : 'backend_here' };
  return { ...row, level: 'good', code: reach === 'public' ? 'backend_public' : 'backend_ok' };
}

function upgradeRow({ httpHost }: PageKnows, { upgrade: { outcome, host } }: Preflight): PreflightRow {
  const tested = outcome === 'stayed' || outcome === 'upgraded';
  if (!tested && httpHost === null)
    return { name: 'upgrade', level: 'unknown', code: 'upgrade_unnamed', given: [] };
  const level = ({ stayed: 'good', upgraded: 'bad', exempt: 'unknown', not_tried: 'unknown' } as const)[
    outcome
  ];
  return { name: 'upgrade', level, code: `upgrade_${outcome}`, given: host ? [host] : [] };
}

function proxyRow({ proxy: { outcome, host, via } }: Preflight): PreflightRow {
  const level = ({ none: 'good', proxied: 'bad', not_told: 'unknown', exempt: 'unknown' } as const)[outcome];
  return { name: 'proxy', level, code: `proxy_${outcome}`, given: [host ?? '', via ?? ''] };
}

function clockRow({ backend }: Preflight): PreflightRow {
  const skew = backend?.skew;
  if (!skew) return { name: 'clock', level: 'unknown', code: 'clock_not_told', given: [] };
  if (!isSkewed(skew)) {
    const within = Math.ceil((Math.abs(skew.ms) + skew.withinMs) / 1000);
    return { name: 'clock', level: 'good', code: 'clock_ok', given: [String(within)] };
  }
  const code = skew.ms > 0 ? 'clock_ahead' : 'clock_behind';
  return { name: 'clock', level: 'bad', code, given: [spellSkew(Math.abs(skew.ms))] };
}

function listenerRow({ listener }: Preflight): PreflightRow {
  const level = ({ seen: 'good', unseen: 'bad', not_known: 'unknown' } as const)[listener];
  return { name: 'listener', level, code: `listener_${listener}`, given: [] };
}

/** `42 s`, `5 min`, `3 h`: how far clocks are apart needs no more. */
function spellSkew(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/**
 * The host that may be asked over plain http to see whether the browser lets it be: one that the profile names so, else the
 * one that earlier runs met. A wildcard names none, and redirect_uri's is never asked (PR1).
 */
export function httpHostOf({ hosts }: Pick<Profile, 'hosts'>, met: string | undefined): string | null {
  const named = hosts.find(
    ({ scheme, pattern, role }) => scheme === 'http' && role !== 'callback' && !pattern.includes('*'),
  );
  return named?.pattern ?? met ?? null;
}
