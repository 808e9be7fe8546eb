import { CLAUSE, type LintRule, shown } from './finding.ts';

/** Always `code`: what comes in the front channel otherwise can be read on the way (RFC 9700 §2.1.2). */
export const responseType: LintRule = ({ first, isMobileConnect }) => {
  const value = first('response_type');
  if (value === null || value === 'code') return [];
  const clause = isMobileConnect ? CLAUSE.mobileConnect : 'RFC 9700 §2.1.2';
  return [{ code: 'response_type', level: 'error', where: 'response_type', given: [shown(value)], clause }];
};
