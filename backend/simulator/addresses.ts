import type { HopName, Scenario } from './scenario.ts';

export type HostLabel = 'api' | 'discovery' | 'he' | 'he-pinned' | 'id' | 'app';

export interface HostRule {
  pattern: string;
  role: string;
  scheme: 'http' | 'https';
}

export interface Addresses {
  redirectUri: string;
  hosts: HostRule[];
  /** A path on the gateway. */
  api(path: string): string;
  /** The URL of a hop; the enrichment host depends on the scenario. */
  hop(name: HopName, scenario: Scenario, ticket: string): string;
  /** Whose host this is, from a Host header or an SNI name. */
  labelOf(host: string | undefined): HostLabel | undefined;
}

export const apiPaths = {
  authorize: '/mobileconnect/deviceinitiated/v1/authorize',
  continue: '/mobileconnect/deviceinitiated/v1/continue',
  token: '/mobileconnect/deviceinitiated/v1/token',
  premiuminfo: '/mobileconnect/premiuminfo/v1',
  jwks: '/mobileconnect/jwks',
};

export const hopPaths: Record<HopName, string> = {
  authorize: apiPaths.authorize,
  discovery: '/discover',
  pin: '/pin',
  enrichment: '/enrich',
  identity: '/identify',
  continue: apiPaths.continue,
};

const roles: Record<Exclude<HostLabel, 'app'>, string> = {
  api: 'authorize',
  discovery: 'discovery',
  he: 'enrichment',
  'he-pinned': 'enrichment',
  id: 'identity',
};
const labels: HostLabel[] = ['api', 'discovery', 'he', 'he-pinned', 'id', 'app'];

/**
 * Where everything lives. With TLS the URLs carry no port, as at a real operator: the browser's resolver rules
 * lead 443 and 80 to ours. Only the enrichment hosts are plain http: a network cannot insert a header inside TLS.
 */
export function addressesFor(mode: 'tls' | 'loopback', httpPort: number): Addresses {
  const tld = mode === 'tls' ? 'test' : 'localhost';
  const port = mode === 'tls' ? '' : `:${httpPort}`;
  const hostname = (label: HostLabel) =>
    label === 'app' ? `app.relying-party.${tld}` : `${label}.operator.${tld}`;
  const schemeOf = (label: HostLabel) =>
    mode === 'tls' && label !== 'he' && label !== 'he-pinned' ? 'https' : 'http';
  const origin = (label: HostLabel) => `${schemeOf(label)}://${hostname(label)}${port}`;
  // The one request that pins the host has to be TLS, or no browser would believe its HSTS (RFC 6797 §8.1).
  const pinOrigin = origin('he-pinned').replace('http:', mode === 'tls' ? 'https:' : 'http:');

  return {
    redirectUri: `${origin('app')}/callback`,
    hosts: Object.entries(roles).map(([label, role]) => ({
      pattern: hostname(label as HostLabel),
      role,
      scheme: schemeOf(label as HostLabel),
    })),
    api: (path) => origin('api') + path,
    hop(name, scenario, ticket) {
      const base = {
        authorize: origin('api'),
        discovery: origin('discovery'),
        pin: pinOrigin,
        enrichment: origin(scenario.enrichmentHost ?? 'he'),
        identity: origin('id'),
        continue: origin('api'),
      }[name];
      return `${base}${hopPaths[name]}?ticket=${ticket}`;
    },
    labelOf(host) {
      const name = host?.toLowerCase().replace(/:\d+$/, '');
      return labels.find((label) => hostname(label) === name);
    },
  };
}
