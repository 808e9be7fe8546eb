import type { Hop } from '#protocol/hop.ts';
import { hostMatches, type Profile } from '#protocol/profile.ts';

import { isLoopback } from './seen-upgrade.ts';

/** A name as it was, with nothing in it that was redacted. */
const PLAIN_NAME = /^http:\/\/[a-z0-9.-]+([:/?#]|$)/;

/**
 * The host that a chain was led to over plain http, if the profile knows it: the one to ask beforehand where the profile
 * names its hosts by a wildcard. redirect_uri's is never asked (PR1), and loopback proves nothing. Pure.
 */
export function metHttpHost(
  { hosts, redirectUri }: Pick<Profile, 'hosts' | 'redirectUri'>,
  hops: readonly Hop[],
): string | null {
  const callbackHost = URL.parse(redirectUri)?.hostname;
  const met = hops
    .filter(({ url }) => PLAIN_NAME.test(url))
    .flatMap(({ url }) => URL.parse(url) ?? [])
    .find(
      ({ hostname }) =>
        hostname !== callbackHost &&
        !isLoopback(hostname) &&
        hosts.some(({ pattern, role }) => role !== 'callback' && hostMatches(pattern, hostname)),
    );
  return met?.hostname ?? null;
}
