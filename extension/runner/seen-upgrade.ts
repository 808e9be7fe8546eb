import type { Probe } from '../walker/probe.ts';

export interface Upgrade {
  /** `exempt`: browsers never turn loopback into https, so that it stayed http says nothing. */
  outcome: 'stayed' | 'upgraded' | 'exempt' | 'not_tried';
  host: string | null;
}

/** The backend is a test of its own where it speaks plain http under a name. */
export function upgradeOf(
  backendUrl: string,
  backend: Pick<Probe, 'seen' | 'upgraded'>,
  httpHost: string | null,
  plain: Pick<Probe, 'seen' | 'upgraded'> | null,
): Upgrade {
  const { protocol, hostname } = new URL(backendUrl);
  if (httpHost && plain?.seen) return { outcome: plain.upgraded ? 'upgraded' : 'stayed', host: httpHost };
  if (httpHost && isLoopback(httpHost)) return { outcome: 'exempt', host: httpHost };
  if (protocol !== 'http:' || !backend.seen) return { outcome: 'not_tried', host: null };
  if (isLoopback(hostname)) return { outcome: 'exempt', host: hostname };
  return { outcome: backend.upgraded ? 'upgraded' : 'stayed', host: hostname };
}

/** Names and addresses of this machine (RFC 6761 §6.3). */
export function isLoopback(hostname: string): boolean {
  return /^(.+\.)?localhost$|^127\.|^\[::1\]$/.test(hostname);
}
