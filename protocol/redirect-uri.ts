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

/** Names of this machine itself, which plain http to is no exposure (RFC 8252 §8.3). */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
