import type { Call } from './call.ts';

/** A session cookie of one host. Secure only where there is TLS: the loopback chain has none. */
export function hopCookie(name: string, value: string, call: Call): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${call.overTls ? '; Secure' : ''}`;
}

/** The cookie's value if this operator could have set it. */
export function knownCookie(name: string, call: Call): string | undefined {
  const value = call.cookies.get(name);
  return value && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined;
}
