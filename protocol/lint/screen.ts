import { CLAUSE, type LintFinding, type LintRule, shown } from './finding.ts';

const DISPLAYS = ['page', 'pop-up', 'popup', 'touch', 'wap'];
const MODES = ['query', 'form_post', 'fragment'];

/** How the operator is to show and answer: `display`, `max_age`, `response_mode`. */
export const screen: LintRule = ({ first, isMobileConnect }) => {
  const found: LintFinding[] = [];
  const add = (
    where: string,
    code: LintFinding['code'],
    level: LintFinding['level'],
    value: string,
    clause: string,
  ) => found.push({ code, level, where, given: [shown(value)], clause });
  const own = isMobileConnect ? CLAUSE.mobileConnect : CLAUSE.openIdRequest;
  const display = first('display');
  if (display !== null && !DISPLAYS.includes(display)) add('display', 'display', 'error', display, own);
  const maxAge = first('max_age');
  if (maxAge !== null && !/^\d{1,9}$/.test(maxAge)) {
    add('max_age', 'max_age', 'error', maxAge, CLAUSE.openIdRequest);
  }
  const mode = first('response_mode');
  if (mode === null || mode === 'query') return found;
  const clause = 'OAuth 2.0 Multiple Response Types §2.1';
  // A form that posts itself, and a fragment, are no redirect with a query: neither can be taken on the way.
  const code = MODES.includes(mode) ? 'response_mode_unseen' : 'response_mode';
  add('response_mode', code, code === 'response_mode' ? 'error' : 'warning', mode, clause);
  return found;
};
