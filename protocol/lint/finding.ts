import type { PastedUrl } from './pasted-url.ts';

/** Everything that can be found in a URL before it is walked. A closed list: each has its words in `locales/`. */
export type LintCode =
  | 'not_a_url'
  | 'not_http'
  | 'whitespace'
  | 'login_in_url'
  | 'plain_http'
  | 'fragment'
  | 'too_long'
  | 'not_authorize'
  | 'answer_in_url'
  | 'secret_in_url'
  | 'number_in_url'
  | 'missing_client_id'
  | 'missing_redirect_uri'
  | 'missing_response_type'
  | 'missing_scope'
  | 'missing_version'
  | 'missing_state'
  | 'missing_nonce'
  | 'missing_acr_values'
  | 'empty_parameter'
  | 'duplicate_parameter'
  | 'misspelled_parameter'
  | 'unknown_parameter'
  | 'response_type'
  | 'scope_separator'
  | 'scope_without_openid'
  | 'scope_without_match'
  | 'scope_old_spelling'
  | 'version'
  | 'state_weak'
  | 'nonce_weak'
  | 'state_is_nonce'
  | 'redirect_uri_encoded_twice'
  | 'redirect_uri_not_absolute'
  | 'redirect_uri_fragment'
  | 'redirect_uri_plain_http'
  | 'redirect_uri_custom_scheme'
  | 'redirect_uri_login'
  | 'redirect_uri_wildcard'
  | 'redirect_uri_has_answer'
  | 'acr_values'
  | 'prompt'
  | 'prompt_not_mobile_connect'
  | 'prompt_none_not_alone'
  | 'prompt_none'
  | 'display'
  | 'max_age'
  | 'login_hint_form'
  | 'login_hint_plus'
  | 'two_hints'
  | 'id_token_hint_without_none'
  | 'response_mode'
  | 'response_mode_unseen'
  | 'correlation_id'
  | 'not_in_version'
  | 'ui_locales'
  | 'pkce_missing'
  | 'pkce_plain'
  | 'pkce_challenge';

/**
 * `error`: an operator has every reason to refuse it, or it gives something away. `warning`: it works at some operators, or
 * works badly. `note`: worth knowing.
 */
export type LintLevel = 'error' | 'warning' | 'note';

export interface LintFinding {
  code: LintCode;
  level: LintLevel;
  /** The parameter it stands in; null for the address itself. */
  where: string | null;
  /** What the sentence is filled with. Never a secret: those are named and not repeated. */
  given: string[];
  clause: string;
}

/** One thing to look at. Rules are pure, and each knows one parameter or one part of the address. */
export type LintRule = (pasted: PastedUrl) => LintFinding[];

/** The clauses that several rules rest on. The Mobile Connect API is the one that operators publish as an OpenAPI file. */
export const CLAUSE = {
  mobileConnect: 'Mobile Connect API DI v2.3, authorize',
  parameters: 'RFC 6749 §3.1',
  codeRequest: 'RFC 6749 §4.1.1',
  redirectUri: 'RFC 6749 §3.1.2',
  openIdRequest: 'OIDC Core §3.1.2.1',
} as const;

/** Characters of a value that a sentence repeats. */
const LONGEST_SHOWN = 60;

export function shown(value: string): string {
  return value.length <= LONGEST_SHOWN ? value : `${value.slice(0, LONGEST_SHOWN - 1)}…`;
}
