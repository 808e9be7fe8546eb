import type { Hop } from '#protocol/hop.ts';

import { type Judged, notChecked, passed, type Rule, warned } from '../judged.ts';

const RULE: Rule = { name: 'hop_facts', severity: 'info', clause: 'RFC 9110 §15' };

/** Whether the browser told all it can of every hop that was answered. */
export function judgeHopFacts(hops: readonly Hop[]): Judged {
  const answered = hops.filter(({ madeBy, error }) => madeBy === 'network' && error === null);
  if (answered.length === 0) return notChecked(RULE, 'no_hop_answered');
  const lacking = answered.filter(({ status, ip }) => status === null || ip === null);
  return lacking.length === 0
    ? passed(RULE, `${answered.length}`)
    : warned(
        RULE,
        'status and ip of every hop',
        `not of hop ${lacking.map(({ index }) => index).join(', ')}`,
      );
}
