import { expect, test } from 'vitest';

import { NetErrorCode } from '#protocol/hop.ts';

import { netErrorCode } from '../../../extension/walker/net-errors.ts';

/** As the browsers wrote them. */
const SEEN: [string, string, string][] = [
  ['net::ERR_NAME_NOT_RESOLVED', 'dns', 'A33'],
  ['net::ERR_DNS_TIMED_OUT', 'dns', 'A33'],
  ['NS_ERROR_UNKNOWN_HOST', 'dns', 'A33'],
  ['net::ERR_CONNECTION_REFUSED', 'connect', 'A34'],
  ['net::ERR_ADDRESS_UNREACHABLE', 'connect', 'A34'],
  ['NS_ERROR_CONNECTION_REFUSED', 'connect', 'A34'],
  ['net::ERR_CONNECTION_RESET', 'reset', 'A34'],
  ['net::ERR_EMPTY_RESPONSE', 'reset', 'A34'],
  ['net::ERR_RESPONSE_HEADERS_TRUNCATED', 'reset', 'A34'],
  ['NS_ERROR_NET_RESET', 'reset', 'A34'],
  ['net::ERR_UNSAFE_PORT', 'connect', 'A35'],
  ['NS_ERROR_PORT_ACCESS_NOT_ALLOWED', 'connect', 'A35'],
  ['net::ERR_CERT_DATE_INVALID', 'tls', 'A36'],
  ['net::ERR_CERTIFICATE_TRANSPARENCY_REQUIRED', 'tls', 'A36'],
  ['net::ERR_SSL_PROTOCOL_ERROR', 'tls', 'A36'],
  ['SSL received a record that exceeded the maximum permissible length.', 'tls', 'A36'],
  ['The certificate is not trusted because it is self-signed.', 'tls', 'A36'],
  ['Peer using unsupported version of security protocol (TLS).', 'tls', 'A36'],
  ['net::ERR_TIMED_OUT', 'timeout', 'A37'],
  ['net::ERR_CONNECTION_TIMED_OUT', 'timeout', 'A37'],
  ['NS_ERROR_NET_TIMEOUT', 'timeout', 'A37'],
  ['net::ERR_INVALID_REDIRECT', 'bad_location', 'A6'],
  ['NS_ERROR_CORRUPTED_CONTENT', 'bad_location', 'A6'],
  ['net::ERR_UNSAFE_REDIRECT', 'scheme_forbidden', 'A13'],
  ['net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION', 'multiple_location', 'A5'],
  ['net::ERR_RESPONSE_HEADERS_TOO_BIG', 'reset', 'A40'],
  ['net::ERR_BLOCKED_BY_CLIENT', 'blocked_by_client', 'A42'],
  ['net::ERR_BLOCKED_BY_ADMINISTRATOR', 'blocked_by_client', 'A42'],
  ['net::ERR_INTERNET_DISCONNECTED', 'offline', 'A43'],
  ['NS_ERROR_OFFLINE', 'offline', 'A43'],
  ['net::ERR_NETWORK_CHANGED', 'network_changed', 'A43'],
  ['net::ERR_NETWORK_IO_SUSPENDED', 'network_changed', 'A43'],
];

test.each(SEEN)('%s is %s (%s)', (raw, code) => {
  expect(netErrorCode(raw)).toBe(code);
});

test.each([
  'net::ERR_FAILED',
  'net::ERR_ABORTED',
  'NS_BINDING_ABORTED',
  'net::ERR_SOMETHING_NEW',
  'ERR_NAMELESS',
  'net::ERR_UNSAFE_PORTAL',
  '',
])('%j is not guessed at', (raw) => {
  expect(netErrorCode(raw)).toBe('unclassified');
});

test('every code of the list has a browser’s word for it', () => {
  const codes = new Set<string>([...SEEN.map(([, code]) => code), 'unclassified']);
  expect(NetErrorCode.options.filter((code) => !codes.has(code))).toEqual([]);
});
