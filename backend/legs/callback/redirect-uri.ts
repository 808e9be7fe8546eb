import { matchesRedirectUri } from '#protocol/redirect-uri.ts';

import { failed, type Judged, passed, type Rule } from '../judged.ts';

const RULE: Rule = { name: 'redirect_uri', severity: 'fail', clause: 'RFC 9700 §4.1.3' };

export function judgeRedirectUri(callbackUrl: string, redirectUri: string): Judged {
  return matchesRedirectUri(callbackUrl, redirectUri)
    ? passed(RULE)
    : failed(RULE, 'callback.wrong_redirect_uri', redirectUri, withoutQuery(callbackUrl));
}

function withoutQuery(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.protocol}//${parsed.host}${parsed.pathname}` : 'not a URL';
}
