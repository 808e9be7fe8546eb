import type { Run } from '#protocol/run.ts';

/** `verdict failure cause`, as each scenario should end; a dash for none. */
const ENDS: Record<string, string> = {
  match: 'match - -',
  'no-match': 'no_match - number_differs',
  'hash-plain': 'no_match - number_differs',
  'slow-hop': 'match - slow_hop',
  'premiuminfo-503-once': 'match - -',
  'wifi-access-denied': 'failed authorize.access_denied off_network',
  'wifi-html-page': 'failed authorize.html_page off_network',
  'wifi-login-hint': 'failed authorize.invalid_request off_network',
  loop: 'failed authorize.loop redirect_loop',
  'expired-code': 'failed token.invalid_grant code_not_accepted',
  'invalid-client': 'failed token.invalid_client client_credentials_wrong',
  'server-error': 'failed authorize.server_error operator_down',
  'bad-nonce': 'failed idtoken.nonce_mismatch response_not_ours',
  'hop-hangs': 'failed authorize.timeout_hop hop_never_answered',
  'interaction-required': 'failed authorize.login_required off_network',
  'user-busy': 'failed authorize.access_denied operator_busy',
  'token-503': 'failed token.unavailable operator_down',
  'premiuminfo-503': 'failed premiuminfo.unavailable operator_down',
  'result-string': 'failed premiuminfo.result_not_boolean operator_breaks_protocol',
  'sub-mismatch': 'failed premiuminfo.sub_mismatch response_not_ours',
  'http-upgraded': 'failed authorize.access_denied http_upgraded',
  'hop-html-page': 'failed authorize.html_page page_instead_of_redirect',
  'consent-page': 'failed authorize.html_page consent_page',
};

/** What is wrong with the end of a scenario's run, as a sentence; null if it ended as it should. */
export function wrongEnd(scenario: string, { verdict, failure, cause }: Run): string | null {
  const expected = ENDS[scenario];
  const ended = `${verdict ?? '-'} ${failure?.code ?? '-'} ${cause?.code ?? '-'}`;
  return ended === expected
    ? null
    : `${scenario} ended as "${ended}"; it should have ended as "${expected}".`;
}
