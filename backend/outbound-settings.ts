import { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

import type { Environment } from './config.ts';
import { readSettingFile } from './read-setting-file.ts';
import { StartError } from './start-error.ts';
import { type Outbound, STRAIGHT_OUT } from './upstream/outbound.ts';

/** How this network wants to be left: its proxy, its certificate authorities, and how many connections it bears. */
export function readOutbound(env: Environment): Outbound {
  const proxy = readProxy(env.HTTPS_PROXY || env.https_proxy);
  const except = (env.NO_PROXY || env.no_proxy || '')
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean);
  return {
    proxy: proxy && { url: proxy, except },
    secureContext: env.NV_EXTRA_CA_FILE ? trusting(readCertificates(env.NV_EXTRA_CA_FILE)) : null,
    connections: readConnections(env.NV_UPSTREAM_CONNECTIONS),
  };
}

function readProxy(value: string | undefined): URL | null {
  if (!value) return null;
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`);
  if (url && /^https?:$/.test(url.protocol) && decodes(url.username) && decodes(url.password)) return url;
  // Without the value: it may carry a password.
  throw new StartError(
    'config.proxy_invalid',
    'HTTPS_PROXY is no address of a proxy. Give http://host:port or https://host:port, with user:password@ before the host if it asks for a login (special characters percent-encoded).',
  );
}

function decodes(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function readCertificates(path: string): string[] {
  const text = readSettingFile('NV_EXTRA_CA_FILE', path, 'config.extra_ca_unusable');
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  if (certificates.length > 0 && certificates.every(isCertificate)) return certificates;
  throw new StartError(
    'config.extra_ca_unusable',
    `NV_EXTRA_CA_FILE names ${path}, which holds no certificates in PEM form. Export the authority’s certificate as PEM (Base64).`,
  );
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}

/** Made once: reading some hundred and fifty authorities takes longer than a connection. */
function trusting(certificates: string[]): SecureContext {
  return createSecureContext({
    ca: [...getCACertificates('default'), ...certificates],
    minVersion: 'TLSv1.2',
  });
}

function readConnections(value: string | undefined): number {
  if (!value) return STRAIGHT_OUT.connections;
  const connections = Number(value);
  if (/^\d+$/.test(value) && connections >= 1 && connections <= 10_000) return connections;
  throw new StartError(
    'config.upstream_connections_invalid',
    `NV_UPSTREAM_CONNECTIONS is "${value}". Give a number from 1 to 10000, for example ${STRAIGHT_OUT.connections}.`,
  );
}
