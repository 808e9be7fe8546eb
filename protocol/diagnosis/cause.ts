import * as z from 'zod/mini';

/** The diagnosis. A closed list: `docs/failures.md` documents exactly these, `extension/locales/` words them. */
export const CauseCode = z.enum([
  // The number and the network it is on.
  'off_network',
  'number_differs',
  'hash_form_differs',
  'captive_portal',
  'vpn_or_proxy',
  'http_upgraded',
  'enrichment_over_https',
  'cookie_not_returned',
  // A chain that does not go on.
  'consent_page',
  'wait_page',
  'script_page',
  'page_instead_of_redirect',
  'redirect_loop',
  'scheme_loop',
  'double_location',
  'slow_hop',
  'hop_never_answered',
  'name_not_found',
  'connection_refused',
  'connection_broken',
  'tls_broken',
  'keys_unread',
  // Ours, and never the operator's.
  'hop_limit_reached',
  'chain_limit_reached',
  'host_not_permitted',
  'permission_revoked',
  'device_offline',
  'network_changed',
  'device_slept',
  'blocked_in_browser',
  'hop_not_observed',
  'backend_away',
  'backend_proxy',
  'daily_budget_spent',
  // The registration and the profile.
  'address_inside_network',
  'api_path_wrong',
  'redirect_uri_not_registered',
  'redirect_uri_differs',
  'client_not_enabled',
  'client_credentials_wrong',
  'request_refused',
  // The operator.
  'user_unknown_to_operator',
  'operator_busy',
  'operator_down',
  'operator_breaks_protocol',
  'clock_skew',
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
  'allow_cookies',
  'allow_host',
  'ask_to_enable_client',
  'ask_to_enable_subscriber',
  'check_api_host',
  'check_backend_tls',
  'check_captive_portal',
  'check_clock',
  'check_credentials',
  'check_data_session',
  'check_data_sim',
  'check_issuer',
  'check_jwks_url',
  'check_parameters',
  'check_private_address',
  'check_proxy',
  'correct_redirect_uri',
  'disable_blockers',
  'fresh_browser_profile',
  'go_online',
  'keep_awake',
  'raise_chain_limit',
  'raise_hop_limit',
  'register_redirect_uri',
  'reload_extension',
  'report_check',
  'report_page',
  'report_slow_hop',
  'report_trace_id',
  'retry_then_report',
  'run_again',
  'set_hash_form',
  'sign_in_to_network',
  'start_backend',
  'stay_on_mobile_data',
  'turn_off_vpn',
  'use_mobile_data',
  'wait_and_retry',
  'wait_for_budget',
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
  /** Who has to act. */
  owner: Owner,
  /** Who did it, where that is somebody else: a browser that obeys an operator's HSTS. */
  mechanism: z.nullable(Owner),
  /** How sure it is that this was seen at all, and that it explains the outcome. */
  seen: Confidence,
  confidence: Confidence,
  evidence: z.array(Evidence),
  cure: Cure,
});
export type Cause = z.infer<typeof Cause>;
