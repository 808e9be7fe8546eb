import type { Addresses } from './addresses.ts';
import type { BackDoor } from './back-door.ts';
import type { Grants } from './grants.ts';
import type { Scenario } from './scenario.ts';
import type { Sessions } from './sessions.ts';
import type { SigningKeys } from './signing-keys.ts';

export interface Counters {
  authorize: number;
  hops: number;
  token: number;
  premiuminfo: number;
  jwks: number;
  /** Any request or TLS handshake to the redirect_uri's host: a walker that stops in time leaves it at 0. */
  redirectUri: number;
  /** The requests alone: a browser may open a connection to where its tab seems to go, and say no more there. */
  redirectUriRequests: number;
}

/** All that the hops and endpoints of one running operator share. */
export interface OperatorState {
  addresses: Addresses;
  issuer: string;
  client: { id: string; secret: string };
  scenarios: readonly Scenario[];
  sessions: Sessions;
  grants: Grants;
  keys: SigningKeys;
  counters: Counters;
  backDoor: BackDoor;
  hopDelayMs: number;
  slowHopMs: number;
  /** Between which times token and premiuminfo answer (ms). */
  answerMs: readonly [number, number];
  /** Aborted by close(), so that no late answer keeps the process alive. */
  closing: AbortSignal;
}
