import type { HostRule } from '#protocol/profile.ts';
import { isLoopback } from '#protocol/redirect-uri.ts';

import { StartError } from './start-error.ts';
import { type ForbiddenDestination, forbiddenDestination } from './upstream/destinations.ts';

/** What a profile says of the places it sends to. */
export interface EndpointRules {
  /** Whether they may be on this machine or inside its network. */
  privateAddresses: boolean;
  /** How that is said, where this profile is configured. */
  remedy: string;
  hosts: readonly HostRule[];
}

const WHERE: Partial<Record<ForbiddenDestination, string>> = {
  this_machine: 'which is this machine',
  private: 'which is inside a private network',
  link_local: 'which is a link-local address, where clouds keep their credentials',
};

/**
 * A URL to which the backend will send secrets. Refused in every spelling: other schemes, logins, ports of other
 * protocols, hosts written in another way than they are read, and addresses of one's own network unless that is meant.
 * Null where it is no such URL for a reason that `setting` explains best itself.
 */
export function readEndpoint(value: string, setting: string, rules: EndpointRules): URL | null {
  const url = URL.parse(value);
  if (url?.hash !== '') return null;
  const forbidden = forbiddenDestination(url, rules.privateAddresses);
  if (forbidden === 'scheme' || forbidden === 'login' || forbidden === 'port') return null;
  if (forbidden) {
    const what = WHERE[forbidden] ?? 'which is a reserved address';
    throw new StartError(
      'config.address_forbidden',
      `${setting} leads to ${url.hostname}, ${what}. Correct it, or set ${rules.remedy} if it is meant to be there.`,
    );
  }
  return isPlain(value, url) && isSafe(url, rules) ? url : null;
}

/** Secrets and tokens go there: https, or http to this machine, or to a host that the profile marks as http by its name. */
function isSafe({ protocol, hostname }: URL, { privateAddresses, hosts }: EndpointRules): boolean {
  if (protocol === 'https:' || (privateAddresses && isLoopback(hostname))) return true;
  return hosts.some(({ pattern, scheme }) => pattern === hostname && scheme === 'http');
}

/** Whether the host is written as it is read: no `0x7f.1`, `%6c`, full-width or foreign letters, and no dot at its end. */
function isPlain(value: string, { hostname }: URL): boolean {
  const written = /^https?:\/\/([^/?#\\]+?)(?::\d*)?(?:[/?]|$)/i.exec(value)?.[1];
  return written?.toLowerCase() === hostname && !hostname.endsWith('.');
}
