import type { Hop } from '../hop.ts';
import { hostOf, pathOf } from './address.ts';

/** A cookie as its hop set it: by name and attributes, its value is never recorded. */
export interface Cookie {
  name: string;
  host: string;
  domain: string | null;
  path: string;
  secure: boolean;
  deleted: boolean;
}

/** The cookies that a browser takes from a hop (RFC 6265 §5.3). */
export function cookiesSetAt(hop: Hop): Cookie[] {
  const host = hostOf(hop.url);
  return hop.responseHeaders
    .filter(({ name }) => name.toLowerCase() === 'set-cookie')
    .flatMap(({ value }) => value.split('\n'))
    .map((line) => readCookie(line, host, pathOf(hop.url)))
    .filter(({ name, domain }) => /^[\w.-]+$/.test(name) && (domain === null || covers(domain, host)));
}

/** Whether a later hop should have carried the cookie, and is known well enough to say that it did not. */
export function isDue({ host, domain, path, secure }: Cookie, hop: Hop): boolean {
  // Without its headers nothing is known of what a request carried.
  if (hop.requestHeaders.length === 0) return false;
  const here = hostOf(hop.url);
  const below = pathOf(hop.url);
  const forHost = here === host || (domain !== null && covers(domain, here));
  const forPath = path === '/' || below === path || below.startsWith(path.endsWith('/') ? path : `${path}/`);
  return forHost && forPath && (!secure || hop.url.startsWith('https:'));
}

function readCookie(line: string, host: string, path: string): Cookie {
  const attribute = (name: string) =>
    new RegExp(`;\\s*${name}=\\.?([^;]*)`, 'i').exec(line)?.[1]?.trim() ?? null;
  const maxAge = attribute('max-age');
  const expires = Date.parse(attribute('expires') ?? '');
  return {
    name: line.slice(0, Math.max(0, line.indexOf('='))),
    host,
    domain: attribute('domain') || null,
    path: attribute('path') || path.replace(/\/[^/]*$/, '') || '/',
    secure: /;\s*secure\s*(?:;|$)/i.test(line),
    // Max-Age wins over Expires (RFC 6265 §5.3); a time before this century is how cookies are deleted.
    deleted: maxAge === null ? expires < Date.UTC(2000, 0) : Number(maxAge) <= 0,
  };
}

function covers(domain: string, host: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
