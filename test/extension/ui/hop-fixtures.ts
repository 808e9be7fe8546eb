import type { Hop } from '#protocol/hop.ts';

/** A chain as the walker records it, redacted. */
export function hopOf(index: number, known: Partial<Hop>): Hop {
  return {
    index,
    madeBy: 'network',
    role: 'unknown',
    url: 'https://example.test/',
    status: 302,
    ip: '127.0.0.1',
    startedAtMs: 0,
    durationMs: 40,
    location: null,
    nextUrl: null,
    requestHeaders: [
      { name: 'Accept', value: '*/*' },
      { name: 'User-Agent', value: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36' },
    ],
    responseHeaders: [],
    cookiesSent: [],
    cookiesSet: [],
    notes: [],
    error: null,
    page: null,
    ...known,
  };
}

export const urls = {
  authorize:
    'https://api.operator.test/deviceinitiated/v1/authorize?response_type=code&client_id=simulated-client&redirect_uri=https://app.relying-party.test/callback&scope=openid mc_vm_match_hash&state=‹state:1›&nonce=‹nonce:1›&acr_values=2&version=mc_v1.1&correlation_id=7c4a1e0e-62bb-4f1a-9d55-f1b0f6f0c3aa',
  discovery: 'https://discovery.operator.test/mnv?session=‹session:1›',
  enrichment: 'http://he.operator.test/identify?session=‹session:1›',
  identity: 'https://id.operator.test/session?ticket=‹ticket:1›',
  resume: 'https://api.operator.test/deviceinitiated/v1/continue?ticket=‹ticket:2›',
  callback:
    'https://app.relying-party.test/callback?code=‹code:1›&state=‹state:1›&correlation_id=7c4a1e0e-62bb-4f1a-9d55-f1b0f6f0c3aa',
};

export const trace = (id: string) => ({ name: 'X-VIG-Trace-Id', value: id });

export const hops: Hop[] = [
  hopOf(1, {
    role: 'authorize',
    url: urls.authorize,
    durationMs: 38,
    location: urls.discovery,
    nextUrl: urls.discovery,
    responseHeaders: [
      { name: 'Date', value: 'Sun, 22 Nov 2026 13:55:02 GMT' },
      { name: 'Location', value: urls.discovery },
      trace('9f2c41d0-77aa'),
    ],
  }),
  hopOf(2, {
    role: 'discovery',
    url: urls.discovery,
    startedAtMs: 39,
    durationMs: 52,
    location: urls.enrichment,
    nextUrl: urls.enrichment,
    cookiesSet: ['mnv-session'],
    responseHeaders: [
      { name: 'Location', value: urls.enrichment },
      { name: 'Set-Cookie', value: 'mnv-session=‹mnv-session:1›; Path=/; HttpOnly' },
      trace('9f2c41d0-77ab'),
    ],
  }),
  hopOf(3, {
    role: 'enrichment',
    url: urls.enrichment,
    startedAtMs: 92,
    durationMs: 121,
    location: urls.identity,
    nextUrl: urls.identity,
    notes: ['plain_http', 'downgraded_to_http'],
    responseHeaders: [{ name: 'Location', value: urls.identity }, trace('9f2c41d0-77ac')],
  }),
  hopOf(4, {
    role: 'identity',
    url: urls.identity,
    startedAtMs: 214,
    durationMs: 49,
    location: urls.resume,
    nextUrl: urls.resume,
    responseHeaders: [{ name: 'Location', value: urls.resume }, trace('9f2c41d0-77ad')],
  }),
  hopOf(5, {
    role: 'authorize',
    url: urls.resume,
    startedAtMs: 264,
    durationMs: 23,
    location: urls.callback,
    nextUrl: urls.callback,
    cookiesSent: ['mnv-session'],
    responseHeaders: [{ name: 'Location', value: urls.callback }, trace('9f2c41d0-77ae')],
  }),
];
