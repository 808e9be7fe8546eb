import { CLAUSE, type LintFinding, type LintRule, shown } from './finding.ts';

/** Language tags (RFC 5646 §2.1), as far as their form goes: `en-GB`, and not `en_GB`. */
const TAGS = /^[a-z]{1,8}(-[a-z\d]{1,8})*( [a-z]{1,8}(-[a-z\d]{1,8})*)*$/i;

/** The languages of a page, the preferred one first, separated by spaces. */
export const uiLocales: LintRule = ({ first }) =>
  ['ui_locales', 'claims_locales'].flatMap((where): LintFinding[] => {
    const value = first(where);
    if (value === null || TAGS.test(value)) return [];
    const given = [where, shown(value)];
    return [{ code: 'ui_locales', level: 'warning', where, given, clause: CLAUSE.openIdRequest }];
  });
