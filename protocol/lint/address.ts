import { isLoopback } from '../redirect-uri.ts';
import { CLAUSE, type LintFinding, type LintRule } from './finding.ts';

/** Characters that every server takes of a request line (RFC 9110 §4.1). */
const SAFE_LENGTH = 8000;

/** The address itself: what is walked, whatever it asks for. */
export const address: LintRule = ({ text, url, isAuthorize }) => {
  const found: LintFinding[] = [];
  const add = (code: LintFinding['code'], level: LintFinding['level'], clause: string, ...given: string[]) =>
    found.push({ code, level, where: null, given, clause });
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    add('not_http', 'error', CLAUSE.parameters, url.protocol);
  }
  if (/\s/.test(text)) add('whitespace', 'warning', 'RFC 3986 §2');
  if (url.username !== '' || url.password !== '') add('login_in_url', 'error', 'RFC 3986 §3.2.1');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    add('plain_http', isAuthorize ? 'error' : 'note', CLAUSE.parameters, url.host);
  }
  if (isAuthorize && url.hash !== '') add('fragment', 'warning', CLAUSE.parameters);
  if (text.length > SAFE_LENGTH) add('too_long', 'warning', 'RFC 9110 §4.1', String(text.length));
  if (!isAuthorize) add('not_authorize', 'note', CLAUSE.codeRequest);
  return found;
};
