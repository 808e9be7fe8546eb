import type { FailureCode } from '#protocol/failure-catalogue.ts';
import { type HostRule, hostMatches } from '#protocol/profile.ts';
import { isLoopback, matchesRedirectUri } from '#protocol/redirect-uri.ts';

/** What to do about the URL that comes next, decided before anything is sent there. */
export type Decision =
  | { kind: 'request'; url: URL }
  /** The end: redirect_uri is never requested, the code is taken from the redirect itself. */
  | { kind: 'callback'; url: string }
  /** It looks like an answer, and nobody said where answers go: a person decides. */
  | { kind: 'ask'; url: URL }
  | { kind: 'refuse'; code: FailureCode };

export interface ChainSoFar {
  /** Null where the request named none. */
  redirectUri: string | null;
  hosts: readonly HostRule[];
  /** state as issued, to recognise our own code on a URL that is not redirect_uri. */
  state: string | null;
  /** URLs asked for since a cookie was last set; without a new cookie the same question has the same answer. */
  askedSinceCookie: ReadonlySet<string>;
  networkHops: number;
  maxHops: number;
  /** Whether a person has said that this URL may be asked although it looks like an answer. */
  letOn?: boolean;
}

/** Characters of a URL: more than any server takes, and what the backend takes of a callback. */
const LONGEST_URL = 65_536;

/** Pure. Refuses only what would harm: everything else is walked and flagged, because it is what we are here to see. */
export function decideNext(location: string, from: string, chain: ChainSoFar): Decision {
  const next = URL.parse(location, from);
  if (!next || next.href.length > LONGEST_URL) return { kind: 'refuse', code: 'authorize.bad_location' };
  const { redirectUri } = chain;
  if (redirectUri !== null && matchesRedirectUri(next.href, redirectUri)) {
    return { kind: 'callback', url: next.href };
  }
  if (next.protocol !== 'https:' && next.protocol !== 'http:') {
    return { kind: 'refuse', code: 'authorize.scheme_forbidden' };
  }
  // Firefox would follow it and send the credentials along (docs/facts.md).
  if (next.username !== '' || next.password !== '')
    return { kind: 'refuse', code: 'authorize.credentials_in_url' };
  if (redirectUri === null && isAnswer(next) && !chain.letOn) return { kind: 'ask', url: next };
  // A browser that turns http into https does so unasked, and would lead us to redirect_uri itself.
  if (redirectUri !== null && next.protocol === 'http:' && matchesRedirectUri(overTls(next), redirectUri)) {
    return { kind: 'refuse', code: 'callback.wrong_redirect_uri' };
  }
  // Another path, port or scheme of redirect_uri's own host: not the callback, and no place for a code either.
  if (redirectUri !== null && isAnswer(next) && sameHost(next, redirectUri)) {
    return { kind: 'refuse', code: 'callback.wrong_redirect_uri' };
  }
  if (carriesOurCode(next, chain.state) && next.protocol === 'http:' && !isLoopback(next.hostname)) {
    return { kind: 'refuse', code: 'authorize.code_over_http' };
  }
  const leadsAway = isOurs(next, chain.state) && isStranger(next, chain.hosts);
  if (redirectUri !== null && isAnswer(next) && leadsAway) {
    return { kind: 'refuse', code: 'callback.wrong_redirect_uri' };
  }
  if (chain.askedSinceCookie.has(withoutFragment(next))) return { kind: 'refuse', code: 'authorize.loop' };
  if (chain.networkHops >= chain.maxHops) return { kind: 'refuse', code: 'authorize.too_many_hops' };
  return { kind: 'request', url: next };
}

function overTls(url: URL): string {
  const copy = new URL(url);
  copy.protocol = 'https:';
  return copy.href;
}

function sameHost(next: URL, redirectUri: string): boolean {
  const registered = URL.parse(redirectUri);
  return registered !== null && next.hostname.replace(/\.$/, '') === registered.hostname;
}

/** An operator's own hosts may hand our code along; to anyone else it is lost (RFC 9700 §4.1). */
function isStranger({ hostname }: URL, hosts: readonly HostRule[]): boolean {
  return !isLoopback(hostname) && !hosts.some(({ pattern }) => hostMatches(pattern, hostname));
}

function carriesOurCode(url: URL, state: string | null): boolean {
  return url.searchParams.has('code') && isOurs(url, state);
}

/** What an operator sends to redirect_uri: a code or an error (RFC 6749 §4.1.2). */
function isAnswer({ searchParams }: URL): boolean {
  return searchParams.has('code') || searchParams.has('error');
}

function isOurs({ searchParams }: URL, state: string | null): boolean {
  return state !== null && searchParams.get('state') === state;
}

export function withoutFragment(url: URL): string {
  const copy = new URL(url);
  copy.hash = '';
  return copy.href;
}
