import { failed, type Judged, notChecked, passed, type Rule } from '../judged.ts';

const RULE: Rule = { name: 'code', severity: 'fail', clause: 'RFC 6749 §4.1.2' };

/** Authorization codes longer than this are none (real samples: a UUID, 43 characters of base64url). */
const LONGEST_CODE = 2048;

/** A code or an error, and a code that can be one. Null where there is an error instead. */
export function judgeCode(parameters: URLSearchParams, fragment: URLSearchParams): Judged | null {
  const code = parameters.get('code');
  const error = parameters.get('error');
  if (code !== null && error !== null)
    return failed(RULE, 'callback.code_and_error', 'code or error', 'both');
  if (error !== null) return null;
  if (code === null && fragment.has('code')) {
    return failed(RULE, 'callback.code_in_fragment', 'a code in the query', 'a code in the fragment');
  }
  if (code === null) return failed(RULE, 'callback.missing_code', 'code or error', 'neither');
  // RFC 6749 Appendix A.11: visible ASCII.
  if (!/^[\x20-\x7e]+$/.test(code) || code.length > LONGEST_CODE) {
    const expected = `1 to ${LONGEST_CODE} visible ASCII characters`;
    return failed(RULE, 'callback.code_malformed', expected, `${code.length} characters`);
  }
  return passed(RULE);
}

/** What comes with another run's state, or twice, is not looked at. */
export function codeNotBelieved(): Judged {
  return notChecked(RULE, 'not_believed');
}
