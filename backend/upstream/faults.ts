/** Why no answer came, in our words. `sent` says whether the operator may have seen the request. */
export interface UpstreamFault {
  code: 'dns' | 'tls' | 'connect' | 'reset' | 'timeout' | 'too_large' | 'not_conformant';
  /** The runtime's own code, for example `ECONNREFUSED`. Never a message: those can quote a URL. */
  raw: string;
  sent: 'no' | 'unknown';
}

/** Runtime codes of faults before a byte of the request can have left. */
const BEFORE_SENDING: Record<string, UpstreamFault['code']> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'connect',
  EHOSTUNREACH: 'connect',
  ENETUNREACH: 'connect',
  EADDRNOTAVAIL: 'connect',
  UND_ERR_CONNECT_TIMEOUT: 'connect',
};

const AFTER_SENDING: Record<string, UpstreamFault['code']> = {
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'too_large',
  UND_ERR_HEADERS_OVERFLOW: 'too_large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'not_conformant',
};

/** Reads what undici, Node's net and tls, and our own deadline throw. An unknown code counts as sent. */
export function readFault(error: unknown): UpstreamFault {
  const raw = codeOf(error);
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return { code: 'timeout', raw: error.name, sent: 'unknown' };
  }
  const before = BEFORE_SENDING[raw];
  if (before) return { code: before, raw, sent: 'no' };
  if (isTls(raw)) return { code: 'tls', raw, sent: 'no' };
  if (raw.startsWith('HPE_')) return { code: 'not_conformant', raw, sent: 'unknown' };
  return { code: AFTER_SENDING[raw] ?? 'reset', raw, sent: 'unknown' };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const own = 'code' in error ? String(error.code) : '';
  // AggregateError of a host with several addresses: the first tells as much as all.
  if (own === '' && error instanceof AggregateError) return codeOf(error.errors[0]);
  return own || codeOf(error.cause ?? undefined) || error.name;
}

/** OpenSSL and Node's certificate checks; they fail in the handshake, before the request. */
function isTls(raw: string): boolean {
  return /^(ERR_SSL_|ERR_TLS_|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(
    raw,
  );
}
