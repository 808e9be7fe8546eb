import type { Conditions } from '#protocol/run.ts';

import { type Judged, notChecked, passed, type Rule, warned } from '../judged.ts';

const RULE: Rule = { name: 'bearer', severity: 'info', clause: 'GSMA Verified MSISDN' };

/** What is said of the connection. A hint and no proof: no browser can tell whose network it is on. */
export function judgeBearer({ bearer }: Conditions): Judged {
  if (!bearer) return notChecked(RULE, 'browser_cannot_tell');
  const shown = `${bearer.value} (${bearer.basis})`;
  return /wi-?fi|wired|ethernet/i.test(bearer.value)
    ? warned(RULE, 'mobile data', shown)
    : passed(RULE, shown);
}
