import type { Probe } from '../walker/probe.ts';
import { isLoopback } from './seen-upgrade.ts';

/** What the request to `host` went through; Chromium does not tell. */
export interface SeenProxy {
  /** `exempt`: browsers ask loopback directly whatever their proxy, so that it went through none says nothing. */
  outcome: 'not_told' | 'none' | 'proxied' | 'exempt';
  host: string | null;
  via: string | null;
}

/** Of the operator's host where one was asked, else of the backend's. */
export function seenProxy(
  backendUrl: string,
  backend: Pick<Probe, 'proxy'>,
  httpHost: string | null,
  plain: Pick<Probe, 'seen' | 'proxy'> | null,
): SeenProxy {
  const asked = httpHost !== null && plain?.seen === true;
  const host = asked ? httpHost : new URL(backendUrl).hostname;
  const proxy = asked ? plain.proxy : backend.proxy;
  if (proxy === undefined) return { outcome: 'not_told', host, via: null };
  if (proxy !== null) return { outcome: 'proxied', host, via: proxy };
  return { outcome: isLoopback(host) ? 'exempt' : 'none', host, via: null };
}
