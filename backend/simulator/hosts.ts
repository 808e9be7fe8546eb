export type HostLabel =
  | 'api'
  | 'discovery'
  | 'he'
  | 'he-pinned'
  | 'id'
  /** The client's own. */
  | 'app'
  /** The operator's, and no client was told of it. */
  | 'other'
  /** Does not resolve. */
  | 'gone'
  /** Resolves, and nothing listens. */
  | 'closed'
  /** https, and what answers speaks plain http. */
  | 'unencrypted'
  /** A certificate that nobody vouches for. */
  | 'untrusted'
  /** A certificate of a kind that no browser can read, so that the handshake fails. */
  | 'no-handshake'
  /** Somebody else's: where a Wi-Fi asks to sign in. */
  | 'portal';

type Mode = 'tls' | 'loopback';

export const labels: HostLabel[] = [
  'api',
  'discovery',
  'he',
  'he-pinned',
  'id',
  'app',
  'other',
  'gone',
  'closed',
  'unencrypted',
  'untrusted',
  'no-handshake',
  'portal',
];

/** What a client is told of, with the role each host has. */
export const knownHosts: { label: HostLabel; role: string }[] = [
  { label: 'api', role: 'authorize' },
  { label: 'discovery', role: 'discovery' },
  { label: 'he', role: 'enrichment' },
  { label: 'he-pinned', role: 'enrichment' },
  { label: 'id', role: 'identity' },
];

/** Plain http in either mode. */
const inClear: HostLabel[] = ['he', 'he-pinned', 'other', 'gone', 'closed', 'portal'];

export function schemeOf(label: HostLabel, mode: Mode): 'http' | 'https' {
  if (label === 'unencrypted') return 'https';
  return mode === 'tls' && !inClear.includes(label) ? 'https' : 'http';
}

export function hostnameOf(label: HostLabel, mode: Mode): string {
  const tld = mode === 'tls' ? 'test' : 'localhost';
  if (label === 'app') return `app.relying-party.${tld}`;
  return label === 'portal' ? `login.hotspot.${tld}` : `${label}.operator.${tld}`;
}
