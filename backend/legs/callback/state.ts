import { timingSafeEqual } from 'node:crypto';

import type { Pseudonyms } from '#protocol/pseudonyms.ts';

import { failed, type Judged, passed, type Rule } from '../judged.ts';

const RULE: Rule = { name: 'state', severity: 'fail', clause: 'RFC 6749 §10.12' };

/** As issued to this run. A run takes one callback, so a state is good once and dies with its run. */
export function judgeState(parameters: URLSearchParams, issued: string, pseudonyms: Pseudonyms): Judged {
  const state = parameters.get('state');
  const expected = pseudonyms.of('state', issued);
  if (!state) return failed(RULE, 'callback.state_missing', expected, 'absent');
  if (!equalInConstantTime(state, issued)) {
    return failed(RULE, 'callback.state_mismatch', expected, pseudonyms.of('state', state));
  }
  return passed(RULE, expected);
}

export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
