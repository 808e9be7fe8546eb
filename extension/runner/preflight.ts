import { hopTraffic, listenToTraffic } from '../walker/hop-traffic.ts';
import { isOver, probe } from '../walker/probe.ts';
import { type BackendReach, reachOf } from './backend-reach.ts';
import { type ClockSkew, clockSkewOf } from './clock-skew.ts';
import { isAllowed } from './host-permission.ts';
import { type SeenProxy, seenProxy } from './seen-proxy.ts';
import { isLoopback, type Upgrade, upgradeOf } from './seen-upgrade.ts';

/** What was seen of this browser, before a run. Everything in it was seen just now; what could not be seen says so. */
export interface Preflight {
  /** UTC ms. */
  at: number;
  /** Null where the backend gave no answer. `skew` is null where its answer had no date. */
  backend: { skew: ClockSkew | null } | null;
  reach: BackendReach;
  /** Whether this extension sees its own requests, on which all of leg 1 rests. */
  listener: 'seen' | 'unseen' | 'not_known';
  upgrade: Upgrade;
  proxy: SeenProxy;
}

/**
 * Looks at this browser with one request to the backend and, where `httpHost` is named and allowed, one over plain http to
 * that host: its front page, without cookies.
 */
export async function preflight(backendUrl: string, httpHost: string | null): Promise<Preflight> {
  listenToTraffic();
  const test = httpHost !== null && !isLoopback(httpHost) && (await isAllowed([`http://${httpHost}/*`]));
  const [backend, plain] = await Promise.all([
    probe(new URL('/healthz', backendUrl).href, hopTraffic, isOver),
    test ? probe(`http://${httpHost}/`, hopTraffic) : null,
  ]);
  // Through a proxy it is the proxy's address.
  const ip = backend.proxy ? null : backend.ip;
  return {
    at: Date.now(),
    reach: reachOf(backendUrl, ip),
    backend: backend.response?.ok
      ? { skew: clockSkewOf(backend.response.headers.get('date'), backend.sentAt, backend.answeredAt) }
      : null,
    listener: backend.seen || plain?.seen ? 'seen' : backend.response ? 'unseen' : 'not_known',
    upgrade: upgradeOf(backendUrl, backend, httpHost, plain),
    proxy: seenProxy(backendUrl, backend, httpHost, plain),
  };
}
