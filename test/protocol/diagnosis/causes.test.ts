import { describe, expect, test } from 'vitest';

import { type Cause, CauseCode } from '#protocol/diagnosis/cause.ts';
import { failureOf } from '#protocol/failure.ts';

import { hopOf } from '../../support/fixtures.ts';
import {
  causeOf,
  keysSaid,
  pageHop,
  refused,
  rewritten,
  type Seen,
  said,
  tokenExchange,
} from './symptoms.ts';

const at = (code: Parameters<typeof failureOf>[0]) => failureOf(code, { hop: 1 });
const unknownHost = (url: string) => [
  hopOf(),
  hopOf({ index: 2, url, notes: ['unknown_host'], status: 200 }),
];
const failedWith = (raw: string) => [hopOf({ status: null, error: { code: 'connect', raw } })];
const sent = [{ name: 'Accept', value: '*/*' }];

type Row = [code: CauseCode, owner: Cause['owner'], why: string, seen: Seen];
const rows: Row[] = [
  [
    'off_network',
    'network',
    'access_denied, unknown user',
    { failure: refused('access_denied', 'Unknown user') },
  ],
  ['off_network', 'network', 'access_denied, bare', { failure: refused('access_denied') }],
  [
    'off_network',
    'network',
    'invalid_request, login_hint wanted',
    {
      failure: refused(
        'invalid_request',
        'MANDATORY parameters login_hint_token (or) login_hint does not exist.',
      ),
    },
  ],
  ['off_network', 'network', 'login_required', { failure: refused('login_required') }],
  [
    'off_network',
    'network',
    'a page that asks for the number',
    { failure: at('authorize.html_page'), hops: [pageHop('Your number', 'number_field')] },
  ],
  ['number_differs', 'you', 'a clean no', { verdict: 'no_match' }],
  [
    'captive_portal',
    'you',
    '511 (RFC 6585 §6)',
    { failure: at('authorize.unexpected_status'), hops: [hopOf({ status: 511 })] },
  ],
  [
    'captive_portal',
    'you',
    'a stranger called hotspot',
    {
      failure: failureOf('authorize.html_page', { hop: 2 }),
      hops: unknownHost('http://login.hotspot.test/x'),
    },
  ],
  [
    'captive_portal',
    'you',
    'a top-up host we may not ask',
    {
      failure: at('authorize.no_host_permission'),
      run: { chainEnd: { kind: 'refused', url: 'https://www.carrier.test/topup/', atMs: 40 } },
    },
  ],
  [
    'vpn_or_proxy',
    'you',
    '407 (A44)',
    { failure: at('authorize.unexpected_status'), hops: [hopOf({ status: 407 })] },
  ],
  [
    'vpn_or_proxy',
    'you',
    'a proxy that takes no tunnel',
    { failure: at('authorize.connect'), hops: failedWith('net::ERR_TUNNEL_CONNECTION_FAILED') },
  ],
  [
    'vpn_or_proxy',
    'you',
    'a gateway of a security product',
    {
      failure: failureOf('authorize.html_page', { hop: 2 }),
      hops: unknownHost('https://gateway.zscaler.net/'),
    },
  ],
  [
    'http_upgraded',
    'operator',
    'HSTS',
    { failure: refused('access_denied', 'Unknown user'), hops: [hopOf(), rewritten('HSTS')] },
  ],
  [
    'http_upgraded',
    'operator',
    'a browser’s own upgrades',
    { failure: refused('access_denied', 'Unknown user'), hops: [hopOf(), rewritten('HttpsUpgrades')] },
  ],
  ['redirect_loop', 'operator', 'the same URL', { failure: at('authorize.loop') }],
  [
    'scheme_loop',
    'operator',
    'http and https in turn',
    {
      failure: failureOf('authorize.loop', { hop: 2 }),
      hops: [hopOf({ url: 'http://he.example/a' }), hopOf({ index: 2, url: 'https://he.example/a' })],
      run: { chainEnd: { kind: 'refused', url: 'http://he.example/a', atMs: 50 } },
    },
  ],
  ['hop_limit_reached', 'client_setup', 'more hops than allowed', { failure: at('authorize.too_many_hops') }],
  [
    'chain_limit_reached',
    'client_setup',
    'many hops, none of them slow',
    { failure: at('authorize.timeout_chain') },
  ],
  [
    'slow_hop',
    'network',
    'the enrichment hop took the chain’s time',
    {
      failure: at('authorize.timeout_chain'),
      hops: [hopOf({ role: 'enrichment', durationMs: 9000 })],
      run: { chainEnd: { kind: 'error', url: null, atMs: 12_000 } },
    },
  ],
  [
    'hop_never_answered',
    'network',
    'silence at the enrichment hop',
    { failure: at('authorize.timeout_hop'), hops: [hopOf({ role: 'enrichment', status: null })] },
  ],
  ['hop_never_answered', 'operator', 'silence elsewhere', { failure: at('authorize.timeout_hop') }],
  [
    'device_slept',
    'you',
    'the system was suspended (A48)',
    { failure: at('authorize.network_changed'), hops: failedWith('net::ERR_NETWORK_IO_SUSPENDED') },
  ],
  [
    'device_slept',
    'you',
    'the wall clock went on without the timers (A48)',
    { failure: at('authorize.timeout_hop'), hops: [hopOf({ status: null, notes: ['device_slept'] })] },
  ],
  [
    'redirect_loop',
    'operator',
    'a circle that sets a cookie each time (A19)',
    {
      failure: at('authorize.too_many_hops'),
      hops: [hopOf(), hopOf({ index: 2, url: 'https://b.example/' }), hopOf({ index: 3 })],
    },
  ],
  [
    'off_network',
    'network',
    'access_denied in words nobody published',
    { failure: refused('access_denied', 'Teilnehmer nicht erkannt') },
  ],
  [
    'not_diagnosed',
    'operator',
    'a person who refused',
    { failure: refused('access_denied', 'The user refused') },
  ],
  [
    'api_path_wrong',
    'client_setup',
    '404 in a gateway’s words',
    { failure: refused('Not Found'), hops: [hopOf({ status: 404 })] },
  ],
  [
    'operator_down',
    'operator',
    '502 in a gateway’s words',
    { failure: refused('Bad Gateway'), hops: [hopOf({ status: 502 })] },
  ],
  [
    'device_slept',
    'you',
    'a deadline minutes late (A48)',
    { failure: at('authorize.timeout_hop'), hops: [hopOf({ status: null, durationMs: 600_000 })] },
  ],
  ['name_not_found', 'network', 'in the chain', { failure: at('authorize.dns') }],
  ['name_not_found', 'backend', 'at the token host', { failure: failureOf('token.dns') }],
  ['connection_refused', 'network', 'in the chain', { failure: at('authorize.connect') }],
  ['connection_refused', 'backend', 'at premiuminfo', { failure: failureOf('premiuminfo.connect') }],
  [
    'backend_proxy',
    'backend',
    'a proxy that wants a login',
    { failure: failureOf('token.connect'), run: tokenExchange({ raw: 'PROXY_407' }) },
  ],
  [
    'address_inside_network',
    'client_setup',
    'a premiuminfo host that leads inside',
    { failure: failureOf('premiuminfo.address_forbidden') },
  ],
  [
    'address_inside_network',
    'client_setup',
    'keys that are said to be inside',
    { failure: failureOf('idtoken.address_forbidden') },
  ],
  ['keys_unread', 'backend', 'a proxy before the keys', keysSaid('connect: PROXY_403')],
  ['keys_unread', 'backend', 'keys behind a certificate nobody vouches for', keysSaid('tls: SELF_SIGNED')],
  ['keys_unread', 'backend', 'keys that do not come in time', keysSaid('timeout: TimeoutError')],
  ['keys_unread', 'operator', 'keys of an operator that is busy', keysSaid('429 text/plain')],
  ['keys_unread', 'client_setup', 'nothing where the keys should be', keysSaid('404 text/html')],
  ['keys_unread', 'client_setup', 'more than keys can be', keysSaid('too_large: UND_ERR_HEADERS_OVERFLOW')],
  [
    'connection_refused',
    'operator',
    'a port browsers block (A35)',
    { failure: at('authorize.connect'), hops: failedWith('net::ERR_UNSAFE_PORT') },
  ],
  ['connection_broken', 'network', 'a reset in the chain', { failure: at('authorize.reset') }],
  ['not_diagnosed', 'network', 'nobody knows what', { failure: at('authorize.network_error') }],
  [
    'operator_breaks_protocol',
    'operator',
    'more headers than a browser takes (A40)',
    { failure: at('authorize.reset'), hops: failedWith('net::ERR_RESPONSE_HEADERS_TOO_BIG') },
  ],
  [
    'connection_broken',
    'backend',
    'while connecting to the token host',
    { failure: failureOf('token.reset') },
  ],
  ['tls_broken', 'operator', 'in the chain', { failure: at('authorize.tls') }],
  ['tls_broken', 'backend', 'at the token host', { failure: failureOf('token.tls') }],
  [
    'tls_broken',
    'you',
    'a certificate out of its time',
    { failure: at('authorize.tls'), hops: failedWith('net::ERR_CERT_DATE_INVALID') },
  ],
  [
    'tls_broken',
    'network',
    'a stranger’s certificate at the first hop',
    { failure: at('authorize.tls'), hops: failedWith('net::ERR_CERT_AUTHORITY_INVALID') },
  ],
  ['double_location', 'operator', 'two Locations (A5)', { failure: at('authorize.multiple_location') }],
  [
    'consent_page',
    'operator',
    'a page that asks for consent',
    { failure: at('authorize.html_page'), hops: [pageHop('Consent', 'consent')] },
  ],
  ['consent_page', 'operator', 'consent_required', { failure: refused('consent_required') }],
  [
    'wait_page',
    'operator',
    'a page that waits, by script',
    { failure: at('authorize.html_page'), hops: [pageHop('One moment', 'wait', 'meta_refresh')] },
  ],
  [
    'script_page',
    'operator',
    'a page that goes on by meta refresh',
    { failure: at('authorize.html_page'), hops: [pageHop(null, 'meta_refresh')] },
  ],
  [
    'page_instead_of_redirect',
    'operator',
    'any other page',
    { failure: at('authorize.html_page'), hops: [pageHop('Welcome')] },
  ],
  [
    'backend_away',
    'backend',
    'a code nobody could be given',
    { failure: at('callback.code_expired_locally') },
  ],
  ['daily_budget_spent', 'backend', 'no token call left', { failure: at('token.budget_spent') }],
  [
    'daily_budget_spent',
    'backend',
    'no call left for the answer',
    { failure: at('premiuminfo.budget_spent') },
  ],
  ['host_not_permitted', 'you', 'nobody allowed it', { failure: at('authorize.no_host_permission') }],
  ['permission_revoked', 'you', 'taken back in mid-run', { failure: at('authorize.permission_revoked') }],
  ['device_offline', 'you', 'offline', { failure: at('authorize.offline') }],
  ['network_changed', 'you', 'Wi-Fi came in between', { failure: at('authorize.network_changed') }],
  ['blocked_in_browser', 'browser', 'a blocker', { failure: at('authorize.blocked_by_client') }],
  ['hop_not_observed', 'browser', 'no event came (A3)', { failure: at('authorize.listener_not_ready') }],
  [
    'cookie_not_returned',
    'browser',
    'a session cookie stayed behind',
    {
      failure: refused('server_error', 'The session is lost'),
      hops: [
        hopOf({ responseHeaders: [{ name: 'Set-Cookie', value: 'sid=‹sid:1›; Path=/; Secure' }] }),
        hopOf({ index: 2, url: 'https://api.example/continue', requestHeaders: sent }),
      ],
    },
  ],
  [
    'api_path_wrong',
    'client_setup',
    '404 at the front door',
    { failure: at('authorize.unexpected_status'), hops: [hopOf({ status: 404 })] },
  ],
  [
    'redirect_uri_not_registered',
    'client_setup',
    'the operator says so',
    { failure: refused('invalid_request', 'redirect_uri is invalid') },
  ],
  [
    'redirect_uri_differs',
    'client_setup',
    'a slash too many',
    {
      failure: at('callback.wrong_redirect_uri'),
      run: { chainEnd: { kind: 'refused', url: 'https://app.example/callback/', atMs: 40 } },
    },
  ],
  [
    'client_not_enabled',
    'client_setup',
    'its words',
    { failure: refused('access_denied', 'The client is not allowed to make MC service requests') },
  ],
  ['client_not_enabled', 'client_setup', 'unauthorized_client', { failure: refused('unauthorized_client') }],
  ['client_not_enabled', 'client_setup', '403', { failure: failureOf('premiuminfo.insufficient_scope') }],
  [
    'client_credentials_wrong',
    'client_setup',
    'invalid_client',
    { failure: failureOf('token.invalid_client') },
  ],
  [
    'request_refused',
    'client_setup',
    'invalid_scope',
    { failure: refused('invalid_scope', 'The scope value is invalid') },
  ],
  [
    'request_refused',
    'client_setup',
    'a word of its own',
    { failure: failureOf('token.operator_error', said('x')) },
  ],
  [
    'request_refused',
    'client_setup',
    'the hash',
    { failure: failureOf('premiuminfo.invalid_request', said('x')) },
  ],
  [
    'user_unknown_to_operator',
    'operator',
    'not registered for Mobile Connect',
    { failure: refused('access_denied', 'Unknown Mobile Connect User') },
  ],
  [
    'operator_busy',
    'operator',
    'another transaction',
    { failure: refused('access_denied', 'The user is busy with another transaction') },
  ],
  ['operator_busy', 'operator', '429 in the chain', { failure: at('authorize.rate_limited') }],
  ['operator_busy', 'operator', '429 at premiuminfo', { failure: failureOf('premiuminfo.rate_limited') }],
  [
    'operator_down',
    'operator',
    'server_error',
    { failure: refused('server_error', 'Internal Server Error') },
  ],
  [
    'operator_down',
    'operator',
    '503',
    { failure: at('authorize.unexpected_status'), hops: [hopOf({ status: 503 })] },
  ],
  ['operator_down', 'operator', 'no token endpoint', { failure: failureOf('token.unavailable') }],
  [
    'operator_breaks_protocol',
    'operator',
    'a text for a Boolean',
    { failure: failureOf('premiuminfo.result_not_boolean', { check: 'result' }) },
  ],
  [
    'operator_breaks_protocol',
    'operator',
    'a redirect to nowhere',
    { failure: at('authorize.missing_location') },
  ],
  [
    'clock_skew',
    'operator',
    'exp past by the operator’s own Date',
    {
      failure: failureOf('idtoken.expired', { check: 'exp' }),
      run: {
        ...tokenExchange({
          status: 200,
          headers: [{ name: 'Date', value: 'Mon, 23 Nov 2026 09:00:00 GMT' }],
        }),
        startedAt: Date.UTC(2026, 10, 23, 9, 10),
        events: [
          { sequence: 1, at: Date.UTC(2026, 10, 23, 9, 10), type: 'created', leg: null },
          { sequence: 2, at: Date.UTC(2026, 10, 23, 9, 10, 1), type: 'exchange', leg: 'token' },
        ],
      },
    },
  ],
  ['code_not_accepted', 'operator', 'invalid_grant at once', { failure: failureOf('token.invalid_grant') }],
  ['code_not_accepted', 'backend', 'used before', { failure: failureOf('token.code_already_used') }],
  [
    'response_not_ours',
    'operator',
    'another state',
    { failure: failureOf('callback.state_mismatch', { check: 'state' }) },
  ],
  ['result_unknown', 'operator', 'no answer', { verdict: 'unknown', failure: failureOf('token.reset') }],
  ['result_unknown', 'backend', 'we stopped', { verdict: 'unknown' }],
  [
    'not_diagnosed',
    'operator',
    '206',
    { failure: at('authorize.unexpected_status'), hops: [hopOf({ status: 206 })] },
  ],
  ['not_diagnosed', 'operator', 'a word nobody published', { failure: refused('x_odd') }],
];

/** What only the hash doctor can find, after the end of a run. */
const ELSEWHERE: CauseCode[] = ['hash_form_differs', 'enrichment_over_https'];

describe('every cause can be brought about', () => {
  test.each(rows)('%s, owned by %s: %s', (code, owner, _why, seen) => {
    const cause = causeOf(seen);
    expect([cause?.code, cause?.owner]).toEqual([code, owner]);
    expect(cause?.evidence[0]?.detail).not.toBe('');
    expect(cause?.evidence.length).toBeGreaterThan(0);
  });

  test('and the tables have all of them', () => {
    expect(new Set([...rows.map(([code]) => code), ...ELSEWHERE])).toEqual(new Set(CauseCode.options));
  });
});
