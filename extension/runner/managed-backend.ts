import { isLoopback } from '#protocol/redirect-uri.ts';

/** The backend that an administrator chose. Its key comes from a person, never from a policy. */
export type ManagedBackend =
  | { state: 'offered'; url: string; name: string | null }
  /** What the policy says cannot be an address; shown, because somebody has to mend it. */
  | { state: 'unusable'; written: string };

const NAME_LENGTH = 60;

/** Reads what a policy holds; null where it names no backend. Firefox has no schema to check it by, so anything may stand there. */
export function readManagedBackend(policy: Record<string, unknown>): ManagedBackend | null {
  const { backendUrl, backendName } = policy;
  if (backendUrl === undefined || backendUrl === '') return null;
  const written = String(backendUrl).slice(0, 200);
  const url = typeof backendUrl === 'string' ? URL.parse(backendUrl.trim()) : null;
  if (!url || !isSafe(url) || !isBare(url)) return { state: 'unusable', written: withoutKey(written) };
  const name = typeof backendName === 'string' ? backendName.trim().slice(0, NAME_LENGTH) : '';
  return { state: 'offered', url: url.origin, name: name || null };
}

/** The key travels with every request, so beyond this machine it needs https. */
function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** An address with more to it was meant to do something that it would not do; a key in it was not meant for a policy. */
function isBare({ username, password, pathname, search, hash }: URL): boolean {
  return username + password + search + hash === '' && pathname === '/';
}

/** What stands after `#` or before `@` may be a secret, and is not for the screen. */
function withoutKey(written: string): string {
  return written.replace(/#.*$/s, '#…').replace(/\/\/[^/]*@/, '//…@');
}
