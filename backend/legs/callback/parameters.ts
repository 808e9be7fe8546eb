import { failed, type Judged, passed, type Rule } from '../judged.ts';

const RULE: Rule = { name: 'parameters', severity: 'fail', clause: 'RFC 6749 §3.1' };

/** Characters of a parameter other than the code: far above what an error_description says. */
const LONGEST_VALUE = 16_384;

/** Each parameter once, none absurdly long, and none that would need a judge of its own. */
export function judgeParameters(parameters: URLSearchParams): Judged {
  const twice = namesTwice(parameters);
  if (twice.length > 0) {
    return failed(RULE, 'callback.duplicate_param', 'each parameter once', twice.slice(0, 8).join(', '));
  }
  // JARM answers with one signed `response`; nothing here could judge it.
  if (parameters.has('response')) {
    return failed(RULE, 'callback.response_not_supported', 'code or error', 'response (JARM)');
  }
  const long = [...parameters].filter(([name, value]) => name !== 'code' && value.length > LONGEST_VALUE);
  if (long.length > 0) {
    const names = long.map(([name]) => name.slice(0, 64)).join(', ');
    return failed(RULE, 'callback.param_too_long', `at most ${LONGEST_VALUE} characters`, names);
  }
  return passed(RULE);
}

/** In one pass: there can be fourteen thousand of them. */
function namesTwice(parameters: URLSearchParams): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const name of parameters.keys()) (seen.has(name) ? twice : seen).add(name);
  return [...twice];
}
