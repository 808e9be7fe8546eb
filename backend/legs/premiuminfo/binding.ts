import type { Exchange } from '#protocol/leg.ts';

import { type Judged, passed, type Rule, warned } from '../judged.ts';

const RULE: Rule = { name: 'binding', severity: 'fail', clause: 'RFC 6750 §5.3' };

/** The token of this run, shown once for the number of this run; a second time only where the operator asked to come back. */
export function judgeBinding(exchanges: readonly Exchange[]): Judged {
  const shown = exchanges.filter(({ sent }) => sent !== 'no');
  const again = shown
    .slice(0, -1)
    .filter(({ response }) => response?.status !== 429 && response?.status !== 503);
  return again.length === 0
    ? passed(RULE, `token shown ${shown.length} time${shown.length === 1 ? '' : 's'}`)
    : warned(RULE, 'a token shown once', `shown ${shown.length} times`);
}
