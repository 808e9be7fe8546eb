import { CLAUSE, type LintFinding, type LintRule, shown } from './finding.ts';

/** Every parameter that the request may carry: Mobile Connect's, OpenID Connect's, and those of later RFCs. */
const KNOWN = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'version',
  'state',
  'nonce',
  'acr_values',
  'display',
  'prompt',
  'max_age',
  'ui_locales',
  'claims_locales',
  'id_token_hint',
  'login_hint',
  'login_hint_token',
  'response_mode',
  'correlation_id',
  'claims',
  'client_name',
  'context',
  'binding_message',
  'dtbs',
  'code_challenge',
  'code_challenge_method',
  'request',
  'request_uri',
  'registration',
  'resource',
  'dpop_jkt',
  'authorization_details',
] as const;

/** Seen in the wild, and read by nobody. */
const MISSPELT: Record<string, string> = {
  redirect_url: 'redirect_uri',
  redirecturi: 'redirect_uri',
  callback_url: 'redirect_uri',
  acr_value: 'acr_values',
  scopes: 'scope',
  locale: 'ui_locales',
  ui_locale: 'ui_locales',
  correlationid: 'correlation_id',
  clientid: 'client_id',
  responsetype: 'response_type',
  loginhint: 'login_hint',
  maxage: 'max_age',
};

/** The names of the parameters: there once, with a value, and spelt as the server reads them. */
export const names: LintRule = ({ pairs, isAuthorize }) => {
  if (!isAuthorize) return [];
  const found: LintFinding[] = [];
  for (const name of new Set(pairs.map(([one]) => one))) {
    const values = pairs.filter(([one]) => one === name).map(([, value]) => value);
    const where = shown(name);
    const clause = CLAUSE.parameters;
    // RFC 8707 §2 alone lets a parameter come more than once.
    if (values.length > 1 && name !== 'resource') {
      found.push({
        code: 'duplicate_parameter',
        level: 'error',
        where,
        given: [where, String(values.length)],
        clause,
      });
    }
    if (isKnown(name)) {
      if (values.every((value) => value === '')) {
        found.push({ code: 'empty_parameter', level: 'error', where, given: [where], clause });
      }
      continue;
    }
    const meant = meantBy(name);
    if (meant)
      found.push({ code: 'misspelled_parameter', level: 'warning', where, given: [where, meant], clause });
    else if (!TOLD_ELSEWHERE.test(name)) {
      found.push({ code: 'unknown_parameter', level: 'note', where, given: [where], clause });
    }
  }
  return found;
};

/** Answers and secrets have rules of their own, which say more. */
const TOLD_ELSEWHERE =
  /^(code|error|error_description|client_secret|client_assertion|code_verifier|password|access_token|refresh_token|id_token)$/;

function isKnown(name: string): boolean {
  return (KNOWN as readonly string[]).includes(name);
}

function meantBy(name: string): string | null {
  const plain = name.toLowerCase().replaceAll('-', '_');
  const meant = MISSPELT[plain] ?? MISSPELT[plain.replaceAll('_', '')] ?? plain;
  return isKnown(meant) ? meant : null;
}
