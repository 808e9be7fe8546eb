import type { NetErrorCode } from '#protocol/hop.ts';

/** Chromium's names, without `net::`. Prefixes end in `_`. */
const CHROMIUM: [string, NetErrorCode][] = [
  ['ERR_NAME_', 'dns'],
  ['ERR_DNS_', 'dns'],
  ['ERR_CERT_', 'tls'],
  ['ERR_CERTIFICATE_', 'tls'],
  ['ERR_SSL_', 'tls'],
  ['ERR_BAD_SSL_', 'tls'],
  ['ERR_ECH_', 'tls'],
  ['ERR_CONNECTION_RESET', 'reset'],
  ['ERR_CONNECTION_CLOSED', 'reset'],
  ['ERR_EMPTY_RESPONSE', 'reset'],
  ['ERR_INCOMPLETE_', 'reset'],
  ['ERR_CONTENT_LENGTH_MISMATCH', 'reset'],
  ['ERR_INVALID_HTTP_RESPONSE', 'reset'],
  ['ERR_RESPONSE_HEADERS_TOO_BIG', 'reset'],
  ['ERR_RESPONSE_HEADERS_TRUNCATED', 'reset'],
  ['ERR_HTTP2_', 'reset'],
  ['ERR_QUIC_', 'reset'],
  ['ERR_CONNECTION_TIMED_OUT', 'timeout'],
  ['ERR_TIMED_OUT', 'timeout'],
  ['ERR_CONNECTION_', 'connect'],
  ['ERR_ADDRESS_', 'connect'],
  ['ERR_UNSAFE_PORT', 'connect'],
  ['ERR_PROXY_', 'connect'],
  ['ERR_TUNNEL_', 'connect'],
  ['ERR_SOCKS_', 'connect'],
  ['ERR_INTERNET_DISCONNECTED', 'offline'],
  ['ERR_NETWORK_CHANGED', 'network_changed'],
  ['ERR_NETWORK_IO_SUSPENDED', 'network_changed'],
  ['ERR_INVALID_REDIRECT', 'bad_location'],
  ['ERR_UNSAFE_REDIRECT', 'scheme_forbidden'],
  ['ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION', 'multiple_location'],
  ['ERR_BLOCKED_BY_', 'blocked_by_client'],
];

/** Firefox names what the network stack names, and writes prose for TLS. */
const FIREFOX: [string, NetErrorCode][] = [
  ['NS_ERROR_UNKNOWN_HOST', 'dns'],
  ['NS_ERROR_UNKNOWN_PROXY_HOST', 'dns'],
  ['NS_ERROR_CONNECTION_REFUSED', 'connect'],
  ['NS_ERROR_PROXY_', 'connect'],
  ['NS_ERROR_PORT_ACCESS_NOT_ALLOWED', 'connect'],
  ['NS_ERROR_NET_RESET', 'reset'],
  ['NS_ERROR_NET_INTERRUPT', 'reset'],
  ['NS_ERROR_NET_PARTIAL_TRANSFER', 'reset'],
  ['NS_ERROR_NET_TIMEOUT', 'timeout'],
  ['NS_ERROR_OFFLINE', 'offline'],
  ['NS_ERROR_NETWORK_LINK_', 'network_changed'],
  // Firefox has one name for an unparsable Location and for two of them.
  ['NS_ERROR_CORRUPTED_CONTENT', 'bad_location'],
  ['NS_ERROR_BLOCKED_', 'blocked_by_client'],
];

/** Maps a browser's word for a transport fault to ours. */
export function netErrorCode(raw: string): NetErrorCode {
  const name = raw.replace(/^net::/, '');
  const found = [...CHROMIUM, ...FIREFOX].find(([word]) =>
    word.endsWith('_') ? name.startsWith(word) : name === word,
  );
  if (found) return found[1];
  return /\b(SSL|TLS|certificate|cipher)\b/i.test(raw) ? 'tls' : 'unclassified';
}
