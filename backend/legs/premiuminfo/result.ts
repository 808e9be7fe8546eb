import { failed, type Judged, passed, type Rule } from '../judged.ts';
import { shownValue } from '../shown-value.ts';

const RULE: Rule = { name: 'result', severity: 'fail', clause: 'GSMA Verified MSISDN' };

/** Strictly a boolean: the string "true" proves nothing but a bug. */
export function judgeResult(result: unknown, field: string): Judged {
  if (typeof result === 'boolean') return passed(RULE, `${field}: ${result}`);
  if (result === undefined)
    return failed(RULE, 'premiuminfo.missing_result', `${field}: a boolean`, 'absent');
  const seen = typeof result === 'string' ? `the string "${shownValue(result)}"` : shownValue(result);
  return failed(RULE, 'premiuminfo.result_not_boolean', `${field}: a boolean`, seen);
}
