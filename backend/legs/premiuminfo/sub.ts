import type { Pseudonyms } from '#protocol/pseudonyms.ts';

import { failed, type Judged, notChecked, passed, type Rule, warned } from '../judged.ts';

const RULE: Rule = { name: 'sub', severity: 'fail', clause: 'OIDC Core 5.3.2' };

/** OIDC Core 5.3.2: an answer about another subject must not be used. Absent, it is a warning: not every operator sends it. */
export function judgeSub(sub: unknown, expected: string | null, pseudonyms: Pseudonyms): Judged {
  if (expected === null) return notChecked(RULE, 'no_id_token');
  const wanted = pseudonyms.of('sub', expected);
  if (sub === undefined) return warned(RULE, wanted, 'absent');
  if (sub === expected) return passed(RULE, wanted);
  return failed(
    RULE,
    'premiuminfo.sub_mismatch',
    wanted,
    typeof sub === 'string' ? pseudonyms.of('sub', sub) : typeof sub,
  );
}
