import type { HopRole, PageSign } from './hop.ts';
import { type HostRule, hostMatches } from './profile.ts';

/** What can be known of a hop when its role is asked for. */
export interface HopShape {
  /** 1 is the authorize request. */
  index: number;
  url: string;
  /** What it showed, where it answered with a page. */
  shows: readonly PageSign[];
}

/**
 * What a hop is for. An exact host rule of the profile decides; a wildcard names the operator's domain only, so below it
 * the shape may tell more; a host that no rule knows gets a role only from what leaves no doubt.
 */
export function roleOfHop({ index, url, shows }: HopShape, hosts: readonly HostRule[]): HopRole {
  if (index === 1) return 'authorize';
  const parsed = URL.parse(url);
  if (!parsed) return 'unknown';
  const rules = hosts.filter(({ pattern }) => hostMatches(pattern, parsed.hostname));
  const exact = rules.find(({ pattern }) => pattern === parsed.hostname);
  if (shows.includes('consent') && rules.length > 0) return 'consent';
  // Back at the front door, the chain is bound to its session: that is a gateway's work.
  if (exact) return exact.role === 'authorize' && !AUTHORIZE.test(parsed.pathname) ? 'gateway' : exact.role;
  const [wildcard] = rules;
  if (!wildcard) return shows.includes('consent') ? 'consent' : 'unknown';
  return roleByShape(parsed) ?? wildcard.role;
}

const AUTHORIZE = /\/authori[sz]e\b/i;
const NAMED: [RegExp, HopRole][] = [
  [/consent/i, 'consent'],
  [/discover|operatorid|mcc/i, 'discovery'],
  [/enrich|(?:^|[./_-])he(?:[./_-]|\d|$)|msisdn/i, 'enrichment'],
  [/identif|identity|idgw|(?:^|[./_-])id(?:[./_-]|$)/i, 'identity'],
];

/** Within an operator's own domain. Plain http is what a network needs to add the number (Mobile Connect header enrichment). */
function roleByShape({ protocol, hostname, pathname }: URL): HopRole | null {
  if (protocol === 'http:') return 'enrichment';
  const label = hostname.split('.')[0] ?? '';
  return NAMED.find(([words]) => words.test(label) || words.test(pathname))?.[1] ?? null;
}
