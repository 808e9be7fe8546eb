/** Why no answer came, in our words. `sent` says whether the operator may have seen the request. */
export interface UpstreamFault {
  code:
    | 'address_forbidden'
    | 'dns'
    | 'tls'
    | 'connect'
    | 'reset'
    | 'timeout'
    | 'too_large'
    | 'not_conformant'
    | 'budget_spent';
  /** The runtime's own code, for example `ECONNREFUSED`, or ours. Never a message: those can quote a URL. */
  raw: string;
  sent: 'no' | 'unknown';
}

/** Runtime codes by what they mean; one that is not here broke the connection somehow. */
const CODES: Record<string, UpstreamFault['code']> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'connect',
  EHOSTUNREACH: 'connect',
  ENETUNREACH: 'connect',
  EADDRNOTAVAIL: 'connect',
  UND_ERR_CONNECT_TIMEOUT: 'connect',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  TimeoutError: 'timeout',
  AbortError: 'timeout',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'too_large',
  UND_ERR_HEADERS_OVERFLOW: 'too_large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'not_conformant',
  HTTPParserError: 'not_conformant',
};

/**
 * Reads what undici, Node's net and tls, our own connector and our own deadline throw. Who calls knows what was sent:
 * the name of a fault cannot say, because TLS can break with the same names before and after the request.
 */
export function readFault(error: unknown, sent: UpstreamFault['sent']): UpstreamFault {
  const raw = codeOf(error);
  return { code: CODES[raw] ?? familyOf(raw), raw, sent };
}

function familyOf(raw: string): UpstreamFault['code'] {
  if (raw.startsWith('ADDRESS_')) return 'address_forbidden';
  if (raw.startsWith('PROXY_')) return 'connect';
  if (isTls(raw)) return 'tls';
  return raw.startsWith('HPE_') ? 'not_conformant' : 'reset';
}

/**
 * The same, of an answer whose head had come: one that ended before its announced length, or within a chunk, was cut
 * off, and nobody knows what it was going to say. A length that contradicts itself is the operator's fault.
 */
export function readFaultInBody(error: unknown, headers: Record<string, unknown>): UpstreamFault {
  const fault = readFault(error, 'unknown');
  const announced = /^\d+$/.test(String(headers['content-length'])) && !headers['transfer-encoding'];
  const cutOff =
    (fault.raw === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' && announced) ||
    // What llhttp finds wrong has a code of its own; the end of the connection has none.
    fault.raw === 'HTTPParserError';
  return cutOff ? { ...fault, code: 'reset' } : fault;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  // A deadline is a DOMException, whose code is a number.
  const own = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // AggregateError of a host with several addresses: the first tells as much as all.
  if (own === '' && error instanceof AggregateError) return codeOf(error.errors[0]);
  return own || (error.cause === undefined ? error.name : codeOf(error.cause));
}

/** OpenSSL and Node's certificate checks. */
function isTls(raw: string): boolean {
  return /^(ERR_SSL_|ERR_TLS_|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(
    raw,
  );
}
