import { failed, type Judged, passed, type Rule } from '../judged.ts';

const RULE: Rule = { name: 'access_token', severity: 'fail', clause: 'RFC 6749 §5.1' };

/** Longer than any real access token (RFC 6750 sets no limit); more is an attack on what carries it. */
const LONGEST_TOKEN = 16_384;

export function judgeAccessToken(token: unknown): Judged {
  if (typeof token !== 'string' || token === '') {
    return failed(
      RULE,
      'token.missing_access_token',
      'a non-empty string',
      token === '' ? 'empty' : typeof token,
    );
  }
  // RFC 6750 §2.1 (b64token): anything else could end the header it is sent in.
  if (!/^[\x21-\x7e]+$/.test(token) || token.length > LONGEST_TOKEN) {
    return failed(
      RULE,
      'token.not_conformant',
      `at most ${LONGEST_TOKEN} visible ASCII characters`,
      `${token.length} characters`,
    );
  }
  return passed(RULE);
}
