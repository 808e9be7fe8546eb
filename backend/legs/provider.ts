import type { JWTVerifyGetKey } from 'jose';

import type { Profile } from '#protocol/profile.ts';

import { createJwks } from '../upstream/jwks.ts';
import type { Outbound } from '../upstream/outbound.ts';
import { createUpstream, type Send, type Upstream, type UpstreamOptions } from '../upstream/send.ts';

/** A profile with its secret, as configured. The secret goes nowhere but into the token request. */
export interface ServerProfile {
  profile: Profile;
  clientSecret: string;
  /** Whether its hosts may be on this machine or inside its network; no, unless it says so. */
  privateAddresses?: boolean;
  /** How this network is left; straight if unset. */
  outbound?: Outbound;
  /** Token and premiuminfo requests in one UTC day at most; no budget if unset or 0. */
  dailyCalls?: number;
  /** How to reach hosts that resolve only inside the test browser; unset for a real operator. */
  connect?: UpstreamOptions['connect'];
  /** Milliseconds for one whole answer; the usual limit if unset. Tests of time-outs shorten it. */
  deadlineMs?: number;
}

/** What a run of one profile is redeemed with: its own connections, its own hosts, its own keys. */
export interface Provider extends ServerProfile {
  send: Upstream['send'];
  keys: JWTVerifyGetKey | null;
  close: Upstream['close'];
}

/** `watched` is put around all that is sent, the fetching of keys included. */
export function openProvider(configured: ServerProfile, watched = (send: Send) => send): Provider {
  const { profile, privateAddresses = false, outbound, connect, deadlineMs } = configured;
  // The browser walks the authorize URL; here it is asked by the profile check alone.
  const urls = [
    profile.authorizeUrl,
    profile.tokenUrl,
    profile.resource.url,
    ...(profile.jwksUrl ? [profile.jwksUrl] : []),
  ];
  const origins = new Set(urls.map((url) => new URL(url).origin));
  const upstream = createUpstream({
    origins,
    privateAddresses,
    ...(outbound ? { outbound } : {}),
    ...(connect ? { connect } : {}),
    ...(deadlineMs ? { deadlineMs } : {}),
  });
  const send = watched(upstream.send);
  return {
    ...configured,
    send,
    keys: profile.jwksUrl ? createJwks(profile.jwksUrl, send) : null,
    close: upstream.close,
  };
}
