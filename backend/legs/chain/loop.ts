import type { Hop } from '#protocol/hop.ts';

import { failed, type Judged, passed, type Rule } from '../judged.ts';

const RULE: Rule = { name: 'loop', severity: 'fail', clause: 'RFC 9110 §15.4' };

/** No URL twice, unless a cookie was set in between: only then can the same question have another answer. */
export function judgeLoop(hops: readonly Hop[]): Judged {
  const asked = new Set<string>();
  for (const { url, madeBy, cookiesSet, index } of hops) {
    // What was cut for its length may differ where nobody can see it.
    if (madeBy === 'network' && !url.endsWith('…')) {
      if (asked.has(url)) return failed(RULE, 'authorize.loop', 'each URL once', `hop ${index} again`);
      asked.add(url);
    }
    if (cookiesSet.length > 0) asked.clear();
  }
  return passed(RULE);
}
