import type { Hop } from '#protocol/hop.ts';
import type { Limits } from '#protocol/profile.ts';

import { failed, type Judged, passed, type Rule } from '../judged.ts';

const RULE: Rule = { name: 'hop_count', severity: 'fail', clause: 'RFC 9110 §15.4' };

export function judgeHopCount(hops: readonly Hop[], limits: Limits): Judged {
  const count = hops.filter(({ madeBy }) => madeBy === 'network').length;
  return count <= limits.hops
    ? passed(RULE, `${count} of ${limits.hops}`)
    : failed(RULE, 'authorize.too_many_hops', `at most ${limits.hops}`, String(count));
}
