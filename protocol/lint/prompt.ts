import { CLAUSE, type LintRule, shown } from './finding.ts';

const MOBILE_CONNECT = ['none', 'no_seam'];
const OPEN_ID = ['none', 'login', 'consent', 'select_account'];

/** Mobile Connect has a list of its own here; `no_seam` is meant for hot spots and tethered phones. */
export const prompt: LintRule = ({ first, isMobileConnect }) => {
  const value = first('prompt');
  if (value === null) return [];
  const where = 'prompt';
  const tokens = value.split(/\s+/).filter(Boolean);
  const given = [shown(value)];
  const strange = tokens.filter((one) => !MOBILE_CONNECT.includes(one) && !OPEN_ID.includes(one));
  if (strange.length > 0) {
    const clause = isMobileConnect ? CLAUSE.mobileConnect : CLAUSE.openIdRequest;
    return [{ code: 'prompt', level: 'error', where, given, clause }];
  }
  if (tokens.includes('none')) {
    const clause = CLAUSE.openIdRequest;
    return tokens.length > 1
      ? [{ code: 'prompt_none_not_alone', level: 'error', where, given, clause }]
      : [{ code: 'prompt_none', level: 'note', where, given: [], clause }];
  }
  return isMobileConnect && tokens.some((one) => !MOBILE_CONNECT.includes(one))
    ? [{ code: 'prompt_not_mobile_connect', level: 'warning', where, given, clause: CLAUSE.mobileConnect }]
    : [];
};
