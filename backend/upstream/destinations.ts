import { isIP } from 'node:net';

import { type ForbiddenAddress, forbiddenAddress } from './addresses.ts';

/** Why a URL is none that the backend sends to, before its name is looked up. */
export type ForbiddenDestination = ForbiddenAddress | 'scheme' | 'login' | 'port';

/** Ports of other protocols, which a request could be made to speak (Fetch §2.9 "bad port"). */
const BAD_PORTS: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** Names that never lead out: of this machine (RFC 6761 §6.3), and of one's own network (RFC 6762, RFC 8375, ICANN). */
const THIS_MACHINE = /(^|\.)(localhost|localhost\.localdomain|localhost6|ip6-localhost|ip6-loopback)$/;
const OWN_NETWORK = /\.(local|localdomain|internal|home\.arpa)$/;

/** What speaks against a URL by itself, or null. A name that looks good is judged again by what it resolves to. Pure. */
export function forbiddenDestination(url: URL, privateAddresses: boolean): ForbiddenDestination | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'scheme';
  if (url.username !== '' || url.password !== '') return 'login';
  if (url.port !== '' && BAD_PORTS.has(Number(url.port))) return 'port';
  return privateAddresses ? null : forbiddenHost(url.hostname);
}

/** The same of a host as a parsed URL writes it. */
function forbiddenHost(hostname: string): ForbiddenAddress | null {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
  if (isIP(host) !== 0) return forbiddenAddress(host);
  if (THIS_MACHINE.test(host)) return 'this_machine';
  return OWN_NETWORK.test(host) ? 'private' : null;
}
