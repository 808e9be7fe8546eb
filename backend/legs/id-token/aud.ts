import { failed, type Judged, passed, type Rule } from '../judged.ts';
import { shownValue } from '../shown-value.ts';
import type { Expected, IdToken } from './id-token.ts';

const RULE: Rule = { name: 'aud', severity: 'fail', clause: 'OIDC Core 3.1.3.7 (3)' };

/** Our client id, alone. The same id twice is one audience (seen at a real operator); a stranger beside us is refused. */
export function judgeAud({ claims }: IdToken, { profile }: Expected): Judged {
  const audiences = [...new Set([claims.aud].flat())];
  const others = audiences.filter((one) => one !== profile.clientId);
  if (audiences.includes(profile.clientId) && others.length === 0) return passed(RULE, profile.clientId);
  return failed(
    RULE,
    'idtoken.aud_mismatch',
    profile.clientId,
    audiences.map(shownValue).join(', ').slice(0, 256),
  );
}
