import { type HostLabel, hostnameOf, knownHosts, labels, schemeOf } from './hosts.ts';
import type { HopName, Scenario } from './scenario.ts';

export interface HostRule {
  pattern: string;
  role: string;
  scheme: 'http' | 'https';
}

export interface Addresses {
  redirectUri: string;
  /** The hosts a client is told of; what a fault adds is not among them. */
  hosts: HostRule[];
  /** A path on the gateway, for browsers. */
  api(path: string): string;
  /** The same for clients' servers. */
  back(path: string): string;
  keys: string;
  /** The URL of a hop; the enrichment host depends on the scenario, and one that is down is where nothing listens. */
  hop(name: HopName, scenario: Scenario, ticket: string): string;
  origin(label: HostLabel): string;
  /** Whose host this is, from a Host header or an SNI name. */
  labelOf(host: string | undefined): HostLabel | undefined;
}

export interface Ports {
  tls: number | null;
  http: number;
  /** For clients' servers; TLS in TLS mode. */
  back: number;
  /** Nothing listens here. */
  closed: number;
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
  detour: '/detour',
  identity: '/identify',
  continue: apiPaths.continue,
};

/**
 * Where everything lives. With TLS the URLs carry no port, as at a real operator: the browser's resolver rules
 * lead 443 and 80 to ours. Only the enrichment hosts are plain http: a network cannot insert a header inside TLS.
 */
export function addressesFor(mode: 'tls' | 'loopback', ports: Omit<Ports, 'tls'>): Addresses {
  const originAt = (label: HostLabel, port: number) =>
    `${schemeOf(label, mode)}://${hostnameOf(label, mode)}${mode === 'tls' ? '' : `:${port}`}`;
  const origin = (label: HostLabel) => originAt(label, label === 'closed' ? ports.closed : ports.http);
  // The one request that pins the host has to be TLS, or no browser would believe its HSTS (RFC 6797 §8.1).
  const pinOrigin = origin('he-pinned').replace('http:', mode === 'tls' ? 'https:' : 'http:');

  return {
    redirectUri: `${origin('app')}/callback`,
    hosts: knownHosts.map(({ label, role }) => ({
      pattern: hostnameOf(label, mode),
      role,
      scheme: schemeOf(label, mode),
    })),
    api: (path) => origin('api') + path,
    back: (path) => originAt('api', ports.back) + path,
    keys: origin('id') + apiPaths.jwks,
    hop(name, scenario, ticket) {
      const base = {
        authorize: origin('api'),
        discovery: origin('discovery'),
        pin: pinOrigin,
        enrichment: origin(scenario.enrichmentHost ?? 'he'),
        detour: origin('other'),
        identity: origin('id'),
        continue: origin('api'),
      }[name];
      const isDown = scenario.hops?.[name]?.toxic?.kind === 'down';
      return `${isDown ? origin('closed') : base}${hopPaths[name]}?ticket=${ticket}`;
    },
    origin,
    labelOf(host) {
      const name = host?.toLowerCase().replace(/:\d+$/, '');
      return labels.find((label) => hostnameOf(label, mode) === name);
    },
  };
}
