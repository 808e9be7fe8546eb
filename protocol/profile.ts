import * as z from 'zod/mini';

import { HopRole } from './hop.ts';

/** One host rule: `pattern` is a host name or `*.domain`; `scheme` says what this operator serves there. */
export const HostRule = z.object({
  pattern: z.string().check(z.regex(/^(\*\.)?[a-z0-9.-]+$/)),
  role: HopRole,
  scheme: z.enum(['http', 'https', 'either']),
});
export type HostRule = z.infer<typeof HostRule>;

/** How a number is written before it is hashed: `+447…` or `447…`. */
export const HashForm = z.enum(['plus', 'plain']);
export type HashForm = z.infer<typeof HashForm>;

export const Limits = z.object({
  hops: z.int().check(z.minimum(1), z.maximum(20)),
  hopMs: z.int().check(z.positive()),
  chainMs: z.int().check(z.positive()),
});
export type Limits = z.infer<typeof Limits>;

/** 10 hops, 10 s a hop, 30 s a chain: between what mobile SDKs allow and what a person waits for. */
export const DEFAULT_LIMITS: Limits = { hops: 10, hopMs: 10_000, chainMs: 30_000 };

/** A setting of the simulated operator: which network the run is on and what goes wrong. */
export const Scenario = z.object({
  name: z.string(),
  /** One line for a person choosing it. */
  about: z.string(),
  /** `story` for the demo's; the others play a fault at that place. */
  group: z.enum(['story', 'authorize', 'callback', 'token', 'id_token', 'premiuminfo']),
  /** E.164, of Ofcom's drama range: no real subscriber has it. */
  number: z.string(),
});
export type Scenario = z.infer<typeof Scenario>;

/** A deviation this operator is known to make, accepted on purpose; the check then warns. Never for state, nonce, alg, at_hash or the result's type. */
export const AcceptedDeviation = z.object({ check: z.string(), reason: z.string(), date: z.string() });
export type AcceptedDeviation = z.infer<typeof AcceptedDeviation>;

/** One product at one operator market, without any secret. The backend keeps the secret beside it, by the name of an environment variable. */
export const Profile = z.object({
  id: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/)),
  name: z.string().check(z.minLength(1), z.maxLength(80)),
  product: z.literal('mobile-connect-number-verify'),
  /** ISO 3166-1 alpha-2 market, or null where the profile serves several. */
  country: z.nullable(z.string().check(z.regex(/^[A-Z]{2}$/))),
  authorizeUrl: z.string(),
  tokenUrl: z.string(),
  resource: z.object({
    url: z.string(),
    requestKind: z.enum(['msisdn_hash']),
    resultField: z.string(),
  }),
  clientId: z.string().check(z.minLength(1)),
  tokenAuth: z.enum(['basic', 'post']),
  tokenParams: z.enum(['body', 'query']),
  pkce: z.boolean(),
  scope: z.string(),
  acrValues: z.nullable(z.string()),
  version: z.nullable(z.string()),
  hash: HashForm,
  /** Whether a person may have leg 3 asked once more with the number written the other way. */
  hashDoctor: z.boolean(),
  idToken: z.enum(['required', 'optional']),
  issuer: z.nullable(z.string()),
  /** Whether this operator says that it sends `iss` with every callback (RFC 9207 §3). */
  issParameter: z.boolean(),
  jwksUrl: z.nullable(z.string()),
  redirectUri: z.string(),
  hosts: z.array(HostRule),
  limits: Limits,
  accepted: z.array(AcceptedDeviation),
  /** Present only on the simulated operator. */
  simulator: z.nullable(z.object({ scenarios: z.array(Scenario) })),
});
export type Profile = z.infer<typeof Profile>;

/** Whether `host` is `pattern`, or lies below it where the pattern begins with `*.`. */
export function hostMatches(pattern: string, host: string): boolean {
  return pattern.startsWith('*.')
    ? host.endsWith(pattern.slice(1)) || host === pattern.slice(2)
    : host === pattern;
}
