import { isLoopback } from '../redirect-uri.ts';
import { CLAUSE, type LintFinding, type LintRule, shown } from './finding.ts';

/** Where the answer goes to: absolute, without a fragment, over TLS, and registered letter by letter. */
export const redirectUri: LintRule = ({ first }) => {
  const value = first('redirect_uri');
  if (value === null) return [];
  const found: LintFinding[] = [];
  const add = (code: LintFinding['code'], level: LintFinding['level'], clause: string, ...given: string[]) =>
    found.push({ code, level, where: 'redirect_uri', given, clause });
  if (/^[a-z][a-z\d+.-]*%3A/i.test(value)) {
    add('redirect_uri_encoded_twice', 'error', 'RFC 6749 Appendix B', shown(value));
    return found;
  }
  const uri = URL.parse(value);
  if (!uri) {
    add('redirect_uri_not_absolute', 'error', CLAUSE.redirectUri, shown(value));
    return found;
  }
  const isWeb = uri.protocol === 'https:' || uri.protocol === 'http:';
  if (value.includes('#')) add('redirect_uri_fragment', 'error', CLAUSE.redirectUri);
  if (uri.username !== '' || uri.password !== '') add('redirect_uri_login', 'error', 'RFC 3986 §3.2.1');
  if (value.includes('*')) add('redirect_uri_wildcard', 'error', 'RFC 9700 §2.1', shown(value));
  if (uri.protocol === 'http:' && !isLoopback(uri.hostname)) {
    add('redirect_uri_plain_http', 'error', 'RFC 9700 §2.6', uri.host);
  }
  if (!isWeb) add('redirect_uri_custom_scheme', 'note', 'RFC 8252 §7.1', uri.protocol);
  const answers = ['code', 'error', 'state'].filter((name) => uri.searchParams.has(name));
  if (answers.length > 0) add('redirect_uri_has_answer', 'error', 'RFC 6749 §4.1.2', answers.join(', '));
  return found;
};
