import { type HostRule, hostMatches } from '#protocol/profile.ts';

/** Whether a match pattern such as `*://*.operator.example/*` covers the host of `url`. */
export function coversUrl(origin: string, { protocol, hostname }: URL): boolean {
  const [, scheme, host = ''] = /^([^:]+):\/\/([^/]+)\//.exec(origin) ?? [];
  const isScheme = scheme === '*' || `${scheme}:` === protocol;
  return isScheme && (host === '*' || hostMatches(host, hostname));
}

/** What to ask for when a hop leads to a host: the profile's whole pattern where one covers it, else the host alone. */
export function originsToAsk(url: URL, hosts: readonly HostRule[]): string[] {
  const rules = hosts.filter(({ pattern }) => hostMatches(pattern, url.hostname));
  const wildcard = rules.find(({ pattern }) => pattern.startsWith('*.'));
  return [`*://${wildcard?.pattern ?? url.hostname}/*`];
}
