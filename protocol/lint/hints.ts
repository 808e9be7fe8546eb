import { CLAUSE, type LintFinding, type LintRule } from './finding.ts';

const FORMS = /^(MSISDN|ENCR_MSISDN|PCR):.+/;

/** Who is meant: one hint, in one of three forms, a number without its plus sign. */
export const hints: LintRule = ({ first, isMobileConnect }) => {
  const hint = first('login_hint');
  const found: LintFinding[] = [];
  const add = (where: string, code: LintFinding['code'], level: LintFinding['level'], clause: string) =>
    found.push({ code, level, where, given: [], clause });
  if (hint !== null && first('login_hint_token') !== null) {
    add('login_hint_token', 'two_hints', 'error', CLAUSE.mobileConnect);
  }
  if (hint !== null && isMobileConnect && !FORMS.test(hint)) {
    add('login_hint', 'login_hint_form', 'error', CLAUSE.mobileConnect);
  } else if (hint !== null && /^MSISDN:([\s+]|00)/.test(hint)) {
    add('login_hint', 'login_hint_plus', 'warning', CLAUSE.mobileConnect);
  }
  if (first('id_token_hint') !== null && first('prompt') !== 'none') {
    add('id_token_hint', 'id_token_hint_without_none', 'warning', CLAUSE.openIdRequest);
  }
  return found;
};
