import type { Hop } from '#protocol/hop.ts';
import type { Limits } from '#protocol/profile.ts';

import { failed, type Judged, passed, type Rule } from '../judged.ts';

const RULE: Rule = { name: 'chain_time', severity: 'fail', clause: 'RFC 9110 §15.4' };

/** Milliseconds by which a deadline may be late on a busy device. */
const GRACE_MS = 1000;

/** Time spent at hops; a pause for a permission does not count. */
export function judgeChainTime(hops: readonly Hop[], limits: Limits): Judged {
  const spent = Math.round(hops.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0));
  return spent <= limits.chainMs + GRACE_MS
    ? passed(RULE, `${spent} ms`)
    : failed(RULE, 'authorize.timeout_chain', `at most ${limits.chainMs} ms`, `${spent} ms`);
}
