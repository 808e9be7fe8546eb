import type { SecureContext } from 'node:tls';

/** How the network that the backend is in wants to be left. The same for all profiles. */
export interface Outbound {
  /** What https goes through, and the hosts that are asked without it. */
  proxy: { url: URL; except: readonly string[] } | null;
  /** Certificate authorities beside the usual ones; null for those alone. */
  secureContext: SecureContext | null;
  /** The most connections that a profile has open to one host. */
  connections: number;
}

export const STRAIGHT_OUT: Outbound = { proxy: null, secureContext: null, connections: 512 };
