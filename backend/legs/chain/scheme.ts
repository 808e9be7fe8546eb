import type { Hop } from '#protocol/hop.ts';
import { type HostRule, hostMatches } from '#protocol/profile.ts';

import { type Judged, passed, type Rule, warned } from '../judged.ts';

const RULE: Rule = { name: 'scheme', severity: 'warn', clause: 'RFC 6797 §8.3' };

/** Each host by the scheme the profile has for it: an http host asked over https gets no number from the network. */
export function judgeScheme(hops: readonly Hop[], hosts: readonly HostRule[]): Judged {
  const rewritten = hops.filter(({ notes }) => notes.includes('upgraded_by_browser'));
  if (rewritten.length > 0) {
    const after = rewritten.map(({ index }) => index).join(', ');
    return warned(RULE, 'http as redirected', `rewritten to https by the browser, hop ${after}`);
  }
  const other = hops.filter((hop) => hop.madeBy === 'network' && differs(hop, hosts));
  return other.length === 0
    ? passed(RULE)
    : warned(
        RULE,
        'the scheme of the profile',
        other.map(({ index, url }) => `hop ${index}: ${originOf(url)}`).join(', '),
      );
}

function differs({ url }: Hop, hosts: readonly HostRule[]): boolean {
  const parsed = URL.parse(url);
  const rule = hosts.find(({ pattern }) => hostMatches(pattern, parsed?.hostname ?? ''));
  return rule !== undefined && rule.scheme !== 'either' && parsed?.protocol !== `${rule.scheme}:`;
}

function originOf(url: string): string {
  return URL.parse(url)?.origin ?? url.slice(0, 128);
}
