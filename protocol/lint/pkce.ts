import type { LintRule } from './finding.ts';

/** Base64url of a SHA-256. */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/** A code that was stolen on the way is worth nothing without the verifier. */
export const pkce: LintRule = ({ first, isAuthorize, hasRequestObject }) => {
  if (!isAuthorize || hasRequestObject || (first('response_type') ?? 'code') !== 'code') return [];
  const challenge = first('code_challenge');
  const method = first('code_challenge_method');
  const given: string[] = [];
  if (challenge === null) {
    return [
      { code: 'pkce_missing', level: 'note', where: 'code_challenge', given, clause: 'RFC 9700 §2.1.1' },
    ];
  }
  if (method !== 'S256') {
    const where = 'code_challenge_method';
    return [
      { code: 'pkce_plain', level: 'warning', where, given: [method ?? 'plain'], clause: 'RFC 7636 §4.2' },
    ];
  }
  return CHALLENGE.test(challenge)
    ? []
    : [{ code: 'pkce_challenge', level: 'error', where: 'code_challenge', given, clause: 'RFC 7636 §4.2' }];
};
