import { isLoopback } from './seen-upgrade.ts';

/** Where a backend is, as far as its address tells: a phone on mobile data reaches a public one, and no other. */
export type BackendReach = 'here' | 'private' | 'public' | 'not_known';

/** By the address that answered, where the browser tells it; else by the name. */
export function reachOf(backendUrl: string, ip: string | null): BackendReach {
  const { hostname } = new URL(backendUrl);
  if (isLoopback(hostname)) return 'here';
  const address = ip ?? hostname.replace(/^\[|\]$/g, '');
  if (/^\d+(\.\d+){3}$/.test(address)) return ofIPv4(address);
  if (address.includes(':')) return ofIPv6(address.toLowerCase());
  return isPrivateName(hostname) ? 'private' : 'not_known';
}

/** RFC 1918 private use, RFC 6598 shared, RFC 3927 link-local. */
function ofIPv4(address: string): BackendReach {
  const [one = 0, two = 0] = address.split('.').map(Number);
  if (one === 127) return 'here';
  const isPrivate =
    one === 10 ||
    (one === 172 && two >= 16 && two < 32) ||
    (one === 192 && two === 168) ||
    (one === 169 && two === 254) ||
    (one === 100 && two >= 64 && two < 128);
  return isPrivate ? 'private' : 'public';
}

/** RFC 4193 unique local, RFC 4291 §2.5.6 link-local. */
function ofIPv6(address: string): BackendReach {
  if (address === '::1') return 'here';
  return /^f[cd]|^fe[89ab]/.test(address) ? 'private' : 'public';
}

/** Names that no public DNS has: of one label, or below a domain kept for networks of one's own (RFC 6762, RFC 8375). */
function isPrivateName(hostname: string): boolean {
  return !hostname.includes('.') || /\.(local|lan|internal|intranet|corp|home\.arpa)$/.test(hostname);
}
