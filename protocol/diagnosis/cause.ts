import * as z from 'zod/mini';

/** The diagnosis. A closed list: `docs/failures.md` documents exactly these, `extension/locales/` words them. */
export const CauseCode = z.enum([
  'off_network',
  'number_differs',
  'http_upgraded',
  'redirect_loop',
  'slow_hop',
  'hop_never_answered',
  'host_unreachable',
  'tls_broken',
  'page_instead_of_redirect',
  'host_not_permitted',
  'device_offline',
  'blocked_in_browser',
  'api_path_wrong',
  'redirect_uri_not_registered',
  'client_not_enabled',
  'client_credentials_wrong',
  'request_refused',
  'user_unknown_to_operator',
  'operator_busy',
  'operator_down',
  'operator_breaks_protocol',
  'code_not_accepted',
  'response_not_ours',
  'result_unknown',
  'not_diagnosed',
]);
export type CauseCode = z.infer<typeof CauseCode>;

export const Owner = z.enum(['you', 'browser', 'network', 'operator', 'client_setup', 'backend']);
export type Owner = z.infer<typeof Owner>;

export const Confidence = z.enum(['certain', 'likely', 'possible']);
export type Confidence = z.infer<typeof Confidence>;

/** What to do now. A closed list of message keys; the words live in `extension/locales/`. */
export const Cure = z.enum([
  'add_mobileconnect',
  'allow_host',
  'allow_http',
  'ask_to_enable_client',
  'ask_to_enable_subscriber',
  'check_api_host',
  'check_captive_portal',
  'check_credentials',
  'check_data_session',
  'check_data_sim',
  'check_parameters',
  'disable_blockers',
  'fresh_browser_profile',
  'go_online',
  'register_redirect_uri',
  'report_check',
  'report_slow_hop',
  'report_trace_id',
  'retry_then_report',
  'run_again',
  'stay_on_mobile_data',
  'use_mobile_data',
  'wait_and_retry',
]);
export type Cure = z.infer<typeof Cure>;

/** A pointer at the thing seen, so that a person can jump to it; `detail` is redacted evidence as text. */
export const Evidence = z.object({
  at: z.enum(['hop', 'chain_end', 'check', 'exchange']),
  leg: z.enum(['authorize', 'token', 'premiuminfo']),
  hop: z.nullable(z.int()),
  check: z.nullable(z.string()),
  detail: z.string(),
});
export type Evidence = z.infer<typeof Evidence>;

export const Cause = z.object({
  code: CauseCode,
  owner: Owner,
  /** How sure it is that this was seen at all, and that it explains the outcome. */
  seen: Confidence,
  confidence: Confidence,
  evidence: z.array(Evidence),
  cure: Cure,
});
export type Cause = z.infer<typeof Cause>;
