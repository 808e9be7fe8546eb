import { describe, expect, test } from 'vitest';

import { type Cause, CauseCode } from '#protocol/diagnosis/cause.ts';
import { diagnose } from '#protocol/diagnosis/diagnose.ts';
import { type Failure, failureOf } from '#protocol/failure.ts';
import type { Hop } from '#protocol/hop.ts';
import { failureOfError } from '#protocol/published-errors.ts';
import type { Run, Verdict } from '#protocol/run.ts';

import { CALLBACK_END, hopOf, profileAt, runOf } from '../../support/fixtures.ts';

const words = (error: string, description: string | null = null) => ({
  operatorError: { error, description },
});
const page = (...shows: PageSign[]) => ({ contentType: 'text/html', title: 'A page', shows });
const rewritten = (reason: string) =>
  hopOf({
    index: 2,
    madeBy: 'browser',
    status: 307,
    notes: ['upgraded_by_browser'],
    responseHeaders: [{ name: 'Non-Authoritative-Reason', value: reason }],
  });

interface Seen {
  verdict?: Verdict;
  failure?: Failure | null;
  hops?: Hop[];
  run?: Partial<Run>;
}
function causeOf({ verdict = 'failed', failure = null, hops = [hopOf()], run = {} }: Seen): Cause | null {
  const profile = profileAt('https://api.example');
  return diagnose(runOf(profile, { hops, chainEnd: CALLBACK_END, ...run }), verdict, failure);
}

const operatorError = (error: string, description: string | null = null) =>
  failureOf(failureOfError('authorize', error), { hop: 1, ...words(error, description) });

type Row = [code: CauseCode, owner: Cause['owner'], seen: Seen];
const rows: Row[] = [
  ['off_network', 'network', { failure: operatorError('access_denied', 'Unknown user') }],
  ['off_network', 'network', { failure: operatorError('access_denied', 'User is not recognized') }],
  ['off_network', 'network', { failure: operatorError('access_denied') }],
  [
    'off_network',
    'network',
    {
      failure: operatorError(
        'invalid_request',
        'MANDATORY parameters login_hint_token (or) login_hint does not exist.',
      ),
    },
  ],
  ['off_network', 'network', { failure: failureOf('authorize.login_required', words('login_required')) }],
  [
    'off_network',
    'network',
    { failure: failureOf('authorize.html_page'), hops: [hopOf({ status: 200, page: page('number_field') })] },
  ],
  ['number_differs', 'you', { verdict: 'no_match' }],
  [
    'http_upgraded',
    'browser',
    { failure: operatorError('access_denied', 'Unknown user'), hops: [hopOf(), rewritten('HttpsUpgrades')] },
  ],
  [
    'http_upgraded',
    'operator',
    { failure: operatorError('access_denied', 'Unknown user'), hops: [hopOf(), rewritten('HSTS')] },
  ],
  ['redirect_loop', 'operator', { failure: failureOf('authorize.loop') }],
  ['redirect_loop', 'operator', { failure: failureOf('authorize.too_many_hops') }],
  [
    'slow_hop',
    'network',
    {
      verdict: 'match',
      hops: [hopOf({ role: 'enrichment', durationMs: 5000 })],
      run: { chainEnd: { ...CALLBACK_END, atMs: 6000 } },
    },
  ],
  [
    'hop_never_answered',
    'network',
    {
      failure: failureOf('authorize.timeout_hop', { hop: 1 }),
      hops: [hopOf({ role: 'enrichment', status: null })],
    },
  ],
  ['hop_never_answered', 'operator', { failure: failureOf('authorize.timeout_chain', { hop: 1 }) }],
  ['connection_refused', 'network', { failure: failureOf('authorize.dns', { hop: 1 }) }],
  ['connection_refused', 'network', { failure: failureOf('authorize.connect', { hop: 1 }) }],
  ['name_not_found', 'backend', { failure: failureOf('token.dns') }],
  ['name_not_found', 'backend', { failure: failureOf('premiuminfo.connect') }],
  ['tls_broken', 'operator', { failure: failureOf('authorize.tls', { hop: 1 }) }],
  ['tls_broken', 'operator', { failure: failureOf('token.tls') }],
  [
    'page_instead_of_redirect',
    'operator',
    { failure: failureOf('authorize.html_page'), hops: [hopOf({ status: 200, page: page() })] },
  ],
  ['page_instead_of_redirect', 'operator', { failure: failureOf('authorize.missing_location') }],
  ['host_not_permitted', 'you', { failure: failureOf('authorize.no_host_permission') }],
  ['device_offline', 'you', { failure: failureOf('authorize.offline') }],
  ['device_offline', 'you', { failure: failureOf('authorize.network_changed') }],
  ['blocked_in_browser', 'browser', { failure: failureOf('authorize.blocked_by_client') }],
  [
    'api_path_wrong',
    'client_setup',
    { failure: failureOf('authorize.unexpected_status', { hop: 1 }), hops: [hopOf({ status: 404 })] },
  ],
  [
    'redirect_uri_not_registered',
    'client_setup',
    { failure: operatorError('invalid_request', 'redirect_uri is invalid') },
  ],
  [
    'client_not_enabled',
    'client_setup',
    { failure: operatorError('access_denied', 'The client is not allowed to make MC service requests') },
  ],
  ['client_not_enabled', 'client_setup', { failure: operatorError('unauthorized_client') }],
  ['client_not_enabled', 'client_setup', { failure: failureOf('premiuminfo.insufficient_scope') }],
  ['client_credentials_wrong', 'client_setup', { failure: failureOf('token.invalid_client') }],
  [
    'request_refused',
    'client_setup',
    { failure: operatorError('invalid_scope', 'The scope value is invalid') },
  ],
  ['request_refused', 'client_setup', { failure: failureOf('token.operator_error', words('x')) }],
  [
    'user_unknown_to_operator',
    'operator',
    { failure: operatorError('access_denied', 'Unknown Mobile Connect User') },
  ],
  [
    'operator_busy',
    'operator',
    { failure: operatorError('access_denied', 'The user is busy with another transaction') },
  ],
  ['operator_busy', 'operator', { failure: failureOf('authorize.rate_limited') }],
  ['operator_busy', 'operator', { failure: failureOf('premiuminfo.rate_limited') }],
  ['operator_down', 'operator', { failure: operatorError('server_error', 'Internal Server Error') }],
  [
    'operator_down',
    'operator',
    { failure: failureOf('authorize.unexpected_status', { hop: 1 }), hops: [hopOf({ status: 503 })] },
  ],
  ['operator_down', 'operator', { failure: failureOf('token.unavailable') }],
  [
    'operator_breaks_protocol',
    'operator',
    { failure: failureOf('premiuminfo.result_not_boolean', { check: 'result' }) },
  ],
  ['operator_breaks_protocol', 'operator', { failure: failureOf('authorize.multiple_location') }],
  ['code_not_accepted', 'operator', { failure: failureOf('token.invalid_grant') }],
  ['code_not_accepted', 'backend', { failure: failureOf('token.code_already_used') }],
  ['response_not_ours', 'operator', { failure: failureOf('callback.state_mismatch', { check: 'state' }) }],
  ['result_unknown', 'operator', { verdict: 'unknown', failure: failureOf('token.reset') }],
  ['result_unknown', 'backend', { verdict: 'unknown' }],
  [
    'not_diagnosed',
    'operator',
    { failure: failureOf('authorize.unexpected_status', { hop: 1 }), hops: [hopOf({ status: 206 })] },
  ],
];

describe('every cause can be brought about', () => {
  test.each(rows)('%s, owned by %s (row %#)', (code, owner, seen) => {
    const cause = causeOf(seen);
    expect([cause?.code, cause?.owner]).toEqual([code, owner]);
    expect(cause?.evidence[0]?.detail).not.toBe('');
    expect(cause?.evidence.length).toBeGreaterThan(0);
  });

  test('and the table has all of them', () => {
    expect(new Set(rows.map(([code]) => code))).toEqual(new Set(CauseCode.options));
  });
});
