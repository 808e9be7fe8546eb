import { isStandIn } from './pseudonyms.ts';

/**
 * Whether a redirect leads to redirect_uri: scheme, host, port and path equal after parsing, and every query
 * parameter of the registered URI present with its value (RFC 6749 §3.1.2). A prefix or a substring is no match,
 * because `https://good.example.evil.example` has both.
 */
export function matchesRedirectUri(candidate: string, redirectUri: string): boolean {
  const here = URL.parse(candidate);
  const registered = URL.parse(redirectUri);
  if (!here || !registered) return false;
  return (
    here.protocol === registered.protocol &&
    here.host === registered.host &&
    here.pathname === registered.pathname &&
    here.username === '' &&
    here.password === '' &&
    [...registered.searchParams].every(([name, value]) => here.searchParams.get(name) === value)
  );
}

/** One part in which a URL is not redirect_uri. */
export interface RedirectUriDifference {
  part: 'scheme' | 'login' | 'host' | 'port' | 'path' | 'query';
  expected: string;
  actual: string;
}

/** Where `candidate` differs from the registered URI, part by part; empty where it matches or cannot be read. */
export function redirectUriDifferences(candidate: string, redirectUri: string): RedirectUriDifference[] {
  const here = URL.parse(candidate);
  const registered = URL.parse(redirectUri);
  if (!here || !registered) return [];
  const login = here.username !== '' || here.password !== '';
  const wanted = [...registered.searchParams].filter(
    ([name, value]) => !isSame(here.searchParams.get(name), value),
  );
  const parts: RedirectUriDifference[] = [
    { part: 'scheme', expected: registered.protocol, actual: here.protocol },
    { part: 'login', expected: 'none', actual: login ? 'a user name' : 'none' },
    { part: 'host', expected: registered.hostname, actual: here.hostname },
    { part: 'port', expected: portOf(registered), actual: portOf(here) },
    { part: 'path', expected: registered.pathname, actual: here.pathname },
    { part: 'query', expected: wanted.map(([name]) => name).join(', '), actual: '' },
  ];
  return parts.filter(({ part, expected, actual }) =>
    part === 'path' ? !isSamePath(expected, actual) : expected !== actual,
  );
}

/** A recorded URL shows stand-ins for what could be a secret: those may be anything, and prove no difference. */
function isSame(shown: string | null, registered: string): boolean {
  return shown === registered || (shown !== null && isStandIn(shown));
}

function isSamePath(registered: string, shown: string): boolean {
  const wanted = registered.split('/').map(decoded);
  const seen = shown.split('/').map(decoded);
  return wanted.length === seen.length && wanted.every((segment, at) => isSame(seen[at] ?? '', segment));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The port in force, unless the scheme alone explains it. */
function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' || protocol === 'http:' ? 'default' : '');
}

/** Names of this machine itself, which plain http to is no exposure (RFC 8252 §8.3). */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
