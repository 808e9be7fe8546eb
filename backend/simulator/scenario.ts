/** What a scenario may say. Everything left out behaves as at a healthy operator, with the SIM on its network. */
export interface Scenario {
  /** Value of the `scenario` parameter in the authorize URL. */
  name: string;
  /** One line for a person choosing it. */
  about: string;
  /** Where it belongs in a list: the demo's stories, or the place at which it plays a fault. */
  group: 'story' | 'authorize' | 'callback' | 'token' | 'id_token' | 'premiuminfo';
  /** Means nothing without TLS, so it is not offered on loopback. */
  tlsOnly?: true;
  /** The number filled in for this scenario, of Ofcom's drama range. */
  number: string;
  /** The number of the SIM that is really on the network, when it is not the one above. */
  sim?: string;
  /** How the operator writes a number before it hashes it: with its plus sign (default), or the digits alone. */
  hashForm?: 'plus' | 'plain';
  /** Where the browser is. Off the mobile network nothing inserts the subscriber header. */
  network?: 'mobile' | 'wifi';
  /** What an operator does off-net: refuse (default: access_denied), or show a page asking for the number. */
  offNet?: Refusal | 'number-page';
  /** Which enrichment host the chain uses; the pinned one sends HSTS for itself first. */
  enrichmentHost?: 'he' | 'he-pinned';
  hops?: Partial<Record<HopName, HopOverride>>;
  codeLifetimeMs?: number;
  token?: EndpointOverride;
  /** Claims to replace in the id_token; undefined removes one. */
  idTokenClaims?: Record<string, unknown>;
  idToken?: IdTokenFault;
  jwks?: JwksFault;
  /** Seconds by which the operator's clock differs from everybody's: in the id_token and in its Date headers. */
  clockSeconds?: number;
  premiuminfo?: EndpointOverride;
}

/** A scenario that plays one fault. Nobody chooses it for its number, so it is given one (`scenarios.ts`). */
export type FaultScenario = Omit<Scenario, 'number'>;

export interface IdTokenFault {
  /** Claims to replace, given the healthy ones; undefined removes one. */
  claims?: (healthy: HealthyClaims) => Record<string, unknown>;
  /** Header parameters to replace; undefined removes one. */
  header?: Record<string, unknown>;
  /** Whose key signs, and with it `alg` and `kid`; left out: the operator's own. */
  signWith?: SignerName;
  /** What is sent, given the signed token. */
  form?: (jws: string) => string;
}

export interface HealthyClaims {
  iss: string;
  sub: string;
  aud: string[];
  azp: string;
  exp: number;
  iat: number;
  nonce: string;
  [other: string]: unknown;
}

/**
 * `impostor` signs under the kid of the key in use, `next` is a key that only a scenario's JWKS publishes, `elliptic`
 * is ES256, `own-rs512` an algorithm nobody asked for. The last three are forgeries that need no private key.
 */
export type SignerName =
  | 'own'
  | 'impostor'
  | 'next'
  | 'elliptic'
  | 'own-rs512'
  | 'client-secret'
  | 'public-key-as-secret'
  | 'nobody';

/** What the JWKS says to the client that last redeemed a code, because it is one URL for all. */
export interface JwksFault {
  answer?: Answer;
  /** Published instead of the usual two; `strangers` are 498 keys that nobody has. */
  keys?: ('unused' | 'own' | 'next' | 'elliptic' | 'elliptic-under-kid-of-next' | 'strangers')[];
}

export type HopName =
  | 'authorize'
  | 'discovery'
  | 'pin'
  | 'enrichment'
  /** Only where a scenario leads there. */
  | 'detour'
  | 'identity'
  | 'continue';

/** An error handed to the client on its redirect_uri (RFC 6749 §4.1.2.1). */
export interface Refusal {
  error: string;
  error_description: string;
}

export interface HopOverride {
  /** Answer late, then go on as usual. */
  slow?: true;
  /** Go to another hop than the usual next one; tickets then stay valid, so that URLs can repeat. */
  goTo?: HopName;
  /** End the chain here with an error on redirect_uri. */
  refuse?: Refusal;
  /** Answer this instead; `{next}`, `{state}` and others are filled in, see fill-answer.ts. */
  answer?: Answer;
  /** For how many visits of one browser `answer` holds; left out: for all. */
  times?: number;
  /** What the network does to the answer, whichever it is. */
  toxic?: Toxic;
}

export interface EndpointOverride {
  /** Answer this instead of judging the request. */
  answer?: Answer;
  /** For how many requests of one grant `answer` holds; left out: for all. */
  times?: number;
  /** Answer what becomes of the request instead of judging it; for servers that quote what they were sent. */
  quote?: (call: { authorization: string; body: string }) => Reply;
  /** Members to replace in the healthy answer; undefined removes one. */
  body?: Record<string, unknown>;
  /** What the JSON text of the healthy answer becomes. */
  text?: (json: string) => string;
  /** Status and headers of the healthy answer to replace. */
  status?: number;
  headers?: Record<string, string>;
  /** What the network does to the answer, whichever it is. */
  toxic?: Toxic;
}

/** The eight toxics of Toxiproxy, which between them are what networks do to an answer. */
export type Toxic =
  /** The answer comes, late. */
  | { kind: 'latency'; ms: number }
  /** Nothing takes the connection; with `forMs` only for so long. */
  | { kind: 'down'; forMs?: number }
  | { kind: 'bandwidth'; bytesPerSecond: number }
  /** All bytes come, the end of the connection late. */
  | { kind: 'slow_close'; ms: number }
  /** The request is taken and never answered. */
  | { kind: 'hang' }
  /** The connection is reset after so many bytes of the answer. */
  | { kind: 'reset'; afterBytes: number }
  /** The answer comes in pieces of so many bytes. */
  | { kind: 'slice'; bytes: number; everyMs: number }
  /** The connection is closed in good order after so many bytes. */
  | { kind: 'limit'; bytes: number };

export interface Reply {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: string;
  /** So many bytes more after the body, sent for as long as somebody reads. */
  filler?: number;
}

/** Bytes as they are, one a character, for what no HTTP server would send. The connection ends after them. */
export interface RawReply {
  raw: string;
}

/** `hang` accepts the request and never answers; `reset` drops the connection. */
export type Answer = Reply | RawReply | 'hang' | 'reset';
