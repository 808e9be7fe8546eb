import { BlockList, isIP } from 'node:net';

import { isLoopback } from '#protocol/redirect-uri.ts';

import type { Environment } from './config.ts';
import { readSettingFile } from './read-setting-file.ts';
import { StartError } from './start-error.ts';

/** How others than the person at this machine reach the backend. */
export interface Sharing {
  /** The origin by which they do; null on loopback, where there is one person and one key. */
  publicUrl: string | null;
  listenHost: string;
  /** Names that Host may have, beside those of this machine. */
  hosts: string[];
  /** PEM texts; null where a proxy speaks TLS, or nobody has to. */
  tls: { cert: string; key: string } | null;
  /** Addresses whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  /** Whether a key of scope `run` sees the runs of the team. */
  teamRuns: boolean;
}

export const LOOPBACK_ONLY: Sharing = {
  publicUrl: null,
  listenHost: '127.0.0.1',
  hosts: [],
  tls: null,
  trustedProxies: [],
  teamRuns: false,
};

export function readSharing(env: Environment): Sharing {
  const publicUrl = readPublicUrl(env.NV_PUBLIC_URL);
  const listenHost = env.NV_LISTEN_HOST || '127.0.0.1';
  const isOpen = !isLoopback(listenHost) && listenHost !== '::1';
  const tls = readTls(env);
  const trustedProxies = listOf(env.NV_TRUSTED_PROXIES).map(readCidr);
  if (isOpen && publicUrl === null) {
    throw new StartError(
      'config.public_url_missing',
      `NV_LISTEN_HOST is "${listenHost}", so that others can reach this backend. Say by which address they do: NV_PUBLIC_URL=https://verify.example.com.`,
    );
  }
  // A proxy that nobody named would make all callers one, and what one of them does wrong would shut out everybody.
  const isHttps = publicUrl?.startsWith('https:') === true;
  if ((isOpen || isHttps) && tls === null && trustedProxies.length === 0) {
    throw new StartError(
      'config.tls_missing',
      'Nothing here speaks TLS, and access keys are not to cross the network in clear. Set NV_TLS_CERT_FILE and NV_TLS_KEY_FILE, or, where a proxy speaks it, the proxy’s address in NV_TRUSTED_PROXIES (127.0.0.1 for one on this machine).',
    );
  }
  const ownName = publicUrl === null ? [] : [new URL(publicUrl).hostname];
  return {
    publicUrl,
    listenHost,
    hosts: [...ownName, ...listOf(env.NV_ALLOWED_HOSTS).map(readHost)],
    tls,
    trustedProxies,
    teamRuns: readSwitch(env, 'NV_TEAM_RUNS'),
  };
}

function readPublicUrl(value: string | undefined): string | null {
  if (!value) return null;
  const url = URL.parse(value);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  const isBare = url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (url && isSafe && isBare) return url.origin;
  throw new StartError(
    'config.public_url_invalid',
    `NV_PUBLIC_URL is "${value}". Give the https address by which phones and laptops reach this backend, without a path: https://verify.example.com.`,
  );
}

function readTls(env: Environment): Sharing['tls'] {
  const { NV_TLS_CERT_FILE: certFile, NV_TLS_KEY_FILE: keyFile } = env;
  if (!certFile && !keyFile) return null;
  if (!certFile || !keyFile) {
    throw new StartError(
      'config.tls_invalid',
      `${certFile ? 'NV_TLS_KEY_FILE' : 'NV_TLS_CERT_FILE'} is not set. Give both: the certificate with its chain, and its key, as PEM files.`,
    );
  }
  return {
    cert: readPem('NV_TLS_CERT_FILE', certFile, 'CERTIFICATE'),
    key: readPem('NV_TLS_KEY_FILE', keyFile, 'PRIVATE KEY'),
  };
}

function readPem(setting: string, file: string, kind: string): string {
  const text = readSettingFile(setting, file, 'config.tls_invalid');
  if (text.includes(`${kind}-----`)) return text;
  throw new StartError('config.tls_invalid', `${setting} names ${file}, which has no ${kind} in PEM form.`);
}

function readCidr(value: string): string {
  const [address = '', bits, ...rest] = value.split('/');
  const isNarrow =
    bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && isNarrowRange(address, Number(bits)));
  if (isIP(address) !== 0 && rest.length === 0 && isNarrow) return value;
  throw new StartError(
    'config.trusted_proxies_invalid',
    `NV_TRUSTED_PROXIES has "${value}". Give addresses or ranges with commas between them, none wider than /8 (IPv6: /16), for example 10.0.0.5,192.168.7.0/24.`,
  );
}

/** A range of everybody, or of half the world, would let strangers say who they are. */
function isNarrowRange(address: string, bits: number): boolean {
  if (isIP(address) === 4) return bits >= 8 && bits <= 32;
  if (isIP(address) === 0 || bits < 16 || bits > 128) return false;
  // ::ffff:0:0/96 is all of IPv4.
  const all4 = new BlockList();
  all4.addSubnet('::ffff:0:0', 96, 'ipv6');
  const range = new BlockList();
  range.addSubnet(address, bits, 'ipv6');
  return bits >= 104 || !(all4.check(address, 'ipv6') || range.check('::ffff:0:0', 'ipv6'));
}

function readHost(value: string): string {
  const url = URL.parse(`https://${value}`);
  if (url && url.host === value.toLowerCase() && url.port === '') return url.hostname;
  throw new StartError(
    'config.allowed_hosts_invalid',
    `NV_ALLOWED_HOSTS has "${value}". Give host names without scheme and port, with commas between them.`,
  );
}

export function readSwitch(env: Environment, setting: string): boolean {
  const value = env[setting];
  if (value && !['on', 'off'].includes(value)) {
    throw new StartError(
      'config.switch_invalid',
      `${setting} is "${value}". Give on or off, or leave it out.`,
    );
  }
  return value === 'on';
}

const listOf = (value: string | undefined) =>
  (value ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
