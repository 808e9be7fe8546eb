import { CLAUSE, type LintFinding, type LintRule, shown } from './finding.ts';

/** What asks whether the number is the SIM's, plain or hashed. */
const MATCH = /^mc_vm_(match|share)(_hash)?$/;
/** How older SDKs wrote the same. */
const OLD = /^mc_(attr_vm_(match|share)(_hash)?|mnv_validate(_plus)?)$/;
/** CAMARA's words for it. */
const CAMARA = /^(number-verification:|dpv:.*#?number-verification)/;

/** Space-delimited, case-sensitive, with `openid` and a product. */
export const scope: LintRule = ({ first, isMobileConnect }) => {
  const value = first('scope');
  if (value === null) return [];
  const found: LintFinding[] = [];
  const add = (code: LintFinding['code'], level: LintFinding['level'], clause: string, ...given: string[]) =>
    found.push({ code, level, where: 'scope', given, clause });
  if (/[,;|]/.test(value)) add('scope_separator', 'error', 'RFC 6749 §3.3', shown(value));
  const tokens = value.split(/[\s,;|]+/).filter(Boolean);
  if (!tokens.includes('openid')) {
    add('scope_without_openid', isMobileConnect ? 'error' : 'warning', CLAUSE.openIdRequest, shown(value));
  }
  const old = tokens.find((one) => OLD.test(one));
  if (old) add('scope_old_spelling', 'warning', CLAUSE.mobileConnect, shown(old));
  else if (!tokens.some((one) => MATCH.test(one) || CAMARA.test(one))) {
    add('scope_without_match', 'note', 'GSMA Verified MSISDN', shown(value));
  }
  return found;
};
