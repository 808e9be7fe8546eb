import { CLAUSE, type LintCode, type LintLevel, type LintRule } from './finding.ts';

type Required = [name: string, code: LintCode, clause: string, otherwise: LintLevel];

/** What has to be there. Where nothing says that Mobile Connect binds the request, some of it is only advice. */
const REQUIRED: Required[] = [
  ['client_id', 'missing_client_id', CLAUSE.codeRequest, 'error'],
  ['redirect_uri', 'missing_redirect_uri', CLAUSE.mobileConnect, 'warning'],
  ['response_type', 'missing_response_type', CLAUSE.codeRequest, 'error'],
  ['scope', 'missing_scope', CLAUSE.mobileConnect, 'warning'],
  ['version', 'missing_version', CLAUSE.mobileConnect, 'note'],
  ['state', 'missing_state', CLAUSE.mobileConnect, 'warning'],
  ['nonce', 'missing_nonce', CLAUSE.mobileConnect, 'note'],
  ['acr_values', 'missing_acr_values', CLAUSE.mobileConnect, 'note'],
];

const MOBILE_CONNECT_ONLY = ['version', 'acr_values'];

export const required: LintRule = ({ pairs, isAuthorize, hasRequestObject, isMobileConnect, isCamara }) => {
  if (!isAuthorize || hasRequestObject) return [];
  return REQUIRED.flatMap(([name, code, clause, otherwise]) => {
    // One that is there and empty is told by `names.ts`.
    const isThere = pairs.some(([one]) => one === name);
    if (isThere || (isCamara && MOBILE_CONNECT_ONLY.includes(name))) return [];
    return [{ code, level: isMobileConnect ? 'error' : otherwise, where: name, given: [], clause }];
  });
};
