import { describe, expect, test } from 'vitest';

import { chainStage, FAULT, type Fault } from '../support/chain-stage.ts';

const stage = chainStage();

const NOT_DIAGNOSED = ['not_diagnosed', 'operator'] as const;
const STATUS = 'authorize.unexpected_status';

const PAGES: Fault[] = [
  ['A21', 'hop-html-page', 'authorize.html_page', 'off_network', 'network', [302, 200]],
  ['A21', 'page-consent', 'authorize.html_page', 'consent_page', 'operator', [302, 200]],
  ['A21', 'page-wait', 'authorize.html_page', 'wait_page', 'operator', [302, 200]],
  ['A21', 'page-plain', 'authorize.html_page', 'page_instead_of_redirect', 'operator', [302, 200]],
  ['A21', 'page-without-title', 'authorize.html_page', 'page_instead_of_redirect', 'operator', [302, 200]],
  ['A22', 'page-refresh', 'authorize.html_page', 'script_page', 'operator', [302, 200]],
  ['A22', 'page-script', 'authorize.html_page', 'script_page', 'operator', [302, 200]],
  ['A22, C14', 'page-form-post', 'authorize.html_page', 'script_page', 'operator'],
  ['A28', 'portal-redirect', 'authorize.html_page', 'captive_portal', 'you', [302, 302, 200]],
  ['A39', 'page-without-end', 'authorize.html_page', 'page_instead_of_redirect', 'operator', [302, 200]],
];

const STATUSES: Fault[] = [
  ['A23', 'json-error-200', 'authorize.operator_error', ...NOT_DIAGNOSED, [302, 200]],
  ['A23', 'json-without-error', STATUS, ...NOT_DIAGNOSED, [302, 200]],
  [
    'A24',
    'redirect-uri-unregistered',
    'authorize.invalid_request',
    'redirect_uri_not_registered',
    'client_setup',
    [400],
  ],
  ['A24', 'client-unregistered', 'authorize.invalid_request', 'client_not_enabled', 'client_setup', [400]],
  ['A24', 'api-path-wrong', STATUS, 'api_path_wrong', 'client_setup', [404]],
  ['A27', 'asks-for-password', STATUS, ...NOT_DIAGNOSED, [302, 401]],
  ['A27', 'hop-403', STATUS, ...NOT_DIAGNOSED, [302, 403]],
  ['A28', 'portal-511', STATUS, 'captive_portal', 'you', [302, 511]],
  ['A28', 'proxy-407', 'authorize.network_error', 'vpn_or_proxy', 'you', [302, null]],
  ['A29', 'throttled-seconds', 'authorize.rate_limited', 'operator_busy', 'operator', [302, 429]],
  ['A29', 'throttled-date', 'authorize.rate_limited', 'operator_busy', 'operator', [302, 429]],
  ['A29', 'throttled-garbage', 'authorize.rate_limited', 'operator_busy', 'operator', [302, 429]],
  ['A29', 'throttled-ten-years', 'authorize.rate_limited', 'operator_busy', 'operator', [302, 429]],
  ['A30', 'hop-500', STATUS, 'operator_down', 'operator', [302, 500]],
  ['A30', 'hop-502', STATUS, 'operator_down', 'operator', [302, 502]],
  ['A30', 'hop-503', STATUS, 'operator_down', 'operator', [302, 503]],
  ['A30', 'hop-504', STATUS, 'operator_down', 'operator', [302, 504]],
  ['A30', 'hop-404', STATUS, ...NOT_DIAGNOSED, [302, 404]],
  ['A32', 'hop-300', STATUS, ...NOT_DIAGNOSED, [302, 300]],
  ['A32', 'hop-304', STATUS, ...NOT_DIAGNOSED, [302, 304]],
  ['A32', 'hop-206', STATUS, ...NOT_DIAGNOSED, [302, 206]],
  ['A32', 'hop-204', STATUS, ...NOT_DIAGNOSED, [302, 204]],
  ['A32', 'not-http', STATUS, ...NOT_DIAGNOSED],
];

const REFUSED = ['request_refused', 'client_setup'] as const;
const ERRORS: Fault[] = [
  ['A25', 'wifi-access-denied', 'authorize.access_denied', 'off_network', 'network'],
  ['A25', 'wifi-login-hint', 'authorize.invalid_request', 'off_network', 'network'],
  ['A25', 'user-unknown', 'authorize.access_denied', 'off_network', 'network'],
  ['A25', 'user-not-registered', 'authorize.access_denied', 'user_unknown_to_operator', 'operator'],
  [
    'A25',
    'user-unknown-to-mobile-connect',
    'authorize.access_denied',
    'user_unknown_to_operator',
    'operator',
  ],
  ['A25', 'user-busy', 'authorize.access_denied', 'operator_busy', 'operator'],
  ['A25', 'user-refused', 'authorize.access_denied', ...NOT_DIAGNOSED],
  ['A25', 'server-error', 'authorize.server_error', 'operator_down', 'operator'],
  ['A25', 'unavailable-for-now', 'authorize.temporarily_unavailable', 'operator_down', 'operator'],
  ['A25', 'client-not-authorized', 'authorize.invalid_request', 'client_not_enabled', 'client_setup'],
  ['A25', 'client-not-allowed', 'authorize.unauthorized_client', 'client_not_enabled', 'client_setup'],
  ['A25', 'client-denied', 'authorize.access_denied', 'client_not_enabled', 'client_setup'],
  ['A25', 'scope-invalid', 'authorize.invalid_scope', ...REFUSED],
  ['A25', 'scope-missing', 'authorize.invalid_request', ...REFUSED],
  ['A25', 'version-invalid', 'authorize.invalid_request', ...REFUSED],
  ['A25', 'acr-invalid', 'authorize.invalid_request', ...REFUSED],
  ['A25', 'parameter-twice', 'authorize.invalid_request', ...REFUSED],
  ['A25', 'login-hint-wanted', 'authorize.invalid_request', 'off_network', 'network'],
  ['A25', 'login-hint-invalid', 'authorize.invalid_request', ...REFUSED],
  ['A25', 'response-type-unsupported', 'authorize.unsupported_response_type', ...REFUSED],
  ['A25', 'request-unsupported', 'authorize.request_not_supported', ...REFUSED],
  ['A25', 'request-uri-unsupported', 'authorize.request_uri_not_supported', ...REFUSED],
  ['A25', 'registration-unsupported', 'authorize.registration_not_supported', ...REFUSED],
  ['A25', 'error-word-unknown', 'authorize.operator_error', ...NOT_DIAGNOSED],
  ['A25', 'error-word-of-ours', 'authorize.operator_error', ...NOT_DIAGNOSED],
  ['A26', 'interaction-required', 'authorize.login_required', 'off_network', 'network'],
  ['A26', 'interaction-needed', 'authorize.interaction_required', 'off_network', 'network'],
  ['A26', 'consent-needed', 'authorize.consent_required', 'consent_page', 'operator'],
  ['A26', 'account-needed', 'authorize.account_selection_required', 'off_network', 'network'],
];

describe('a page instead of a redirect is named by what it wants', () => {
  test.each(PAGES)(FAULT, async (...fault) => {
    const run = await stage.playFault(fault);
    expect(run.chainEnd?.kind).toBe('page');
    // A page is read as text and never kept.
    expect(JSON.stringify(run)).not.toMatch(/<(form|meta|script)/i);
  });
});

describe('an answer that is neither is named by its status or its words', () => {
  test.each(STATUSES)(FAULT, async (...fault) => {
    await stage.playFault(fault);
  });

  test('a login the browser could ask for is asked for by nobody (A27)', async () => {
    const [before, run] = [(await stage.e2e.browser.pages()).length, await stage.play('asks-for-password')];
    expect(run.hops.at(-1)?.requestHeaders.map(({ name }) => name.toLowerCase())).not.toContain(
      'authorization',
    );
    expect((await stage.e2e.browser.pages()).length).toBe(before);
  });
});

describe('an error on redirect_uri is the operator’s, in its words', () => {
  test.each(ERRORS)(FAULT, async (...fault) => {
    const run = await stage.playFault(fault);
    expect(run.chainEnd?.kind).toBe('callback');
    expect(run.failure?.operatorError?.error).toBeTruthy();
  });
});
