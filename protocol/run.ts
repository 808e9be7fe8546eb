import * as z from 'zod/mini';

import { CleanStart } from './clean-start.ts';
import { Cause } from './diagnosis/cause.ts';
import { Failure } from './failure.ts';
import { ChainEnd, Hop } from './hop.ts';
import { Leg, LegName } from './leg.ts';
import { HashForm, Profile } from './profile.ts';

export const SCHEMA_VERSION = 1;

/** Where a run is. The backend answers with `authorizing`, because the browser walks at once; `waiting` (for a permission or a person) only the browser sees. */
export const Phase = z.enum([
  'created',
  'authorizing',
  'waiting',
  'code_received',
  'redeeming',
  'verifying',
  'ended',
]);
export type Phase = z.infer<typeof Phase>;

export const Verdict = z.enum(['match', 'no_match', 'failed', 'interrupted', 'cancelled', 'unknown']);
export type Verdict = z.infer<typeof Verdict>;

export const Expectation = z.enum(['match', 'no_match', 'must_fail']);
export type Expectation = z.infer<typeof Expectation>;

/** One circumstance of the run, with who says so and when (UTC ms). */
export const Condition = z.object({
  value: z.string().check(z.maxLength(120)),
  basis: z.enum(['stated', 'observed']),
  at: z.int(),
});
export type Condition = z.infer<typeof Condition>;

export const Conditions = z.object({
  operator: z.optional(Condition),
  bearer: z.optional(Condition),
  sharing: z.optional(Condition),
  roaming: z.optional(Condition),
  vpn: z.optional(Condition),
  device: z.optional(Condition),
  browser: z.optional(Condition),
  place: z.optional(Condition),
  campaign: z.optional(Condition),
  tags: z.optional(z.array(Condition).check(z.maxLength(20))),
});
export type Conditions = z.infer<typeof Conditions>;

/** The number as it may be shown and stored: country calling code and last three digits. */
export const MaskedNumber = z.object({
  mask: z.string().check(z.regex(/^\+\d{1,3} [•\s]+\d{0,3}$/)),
  country: z.nullable(z.string().check(z.regex(/^[A-Z]{2}$/))),
});
export type MaskedNumber = z.infer<typeof MaskedNumber>;

/** What premiuminfo said to the number written the other way; null where it gave no answer. It changes no verdict. */
export const HashDoctor = z.object({ form: HashForm, verified: z.nullable(z.boolean()), at: z.int() });
export type HashDoctor = z.infer<typeof HashDoctor>;

/** One line of the run's log; the order is by `sequence`, never by time. */
export const LoggedEvent = z.object({
  sequence: z.int(),
  /** UTC milliseconds on the clock of the process that logged it. */
  at: z.int(),
  type: z.enum(['created', 'phase', 'chain', 'leg', 'exchange', 'checks', 'ended', 'hash_doctor']),
  leg: z.nullable(LegName),
});
export type LoggedEvent = z.infer<typeof LoggedEvent>;

/** The run record. Redacted as it stands: nothing in it is a secret, a token, a code, a number or its hash. */
export const Run = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  id: z.uuid(),
  /** The person or device the run belongs to; not the access key, because keys rotate. */
  ownerId: z.string(),
  profile: Profile,
  capture: z.enum(['fetch', 'tab', 'handoff']),
  origin: z.enum(['live', 'simulated', 'imported', 'replayed']),
  scenario: z.nullable(z.string()),
  startedAt: z.int(),
  utcOffsetMinutes: z.int(),
  localDay: z.iso.date(),
  number: z.nullable(MaskedNumber),
  correlationId: z.string(),
  conditions: Conditions,
  expectation: Expectation,
  /** Left out by runs from before it was recorded. */
  cleanStart: z.optional(CleanStart),
  phase: Phase,
  hops: z.array(Hop),
  chainEnd: z.nullable(ChainEnd),
  /** Always authorize, token, premiuminfo, in this order. */
  legs: z.array(Leg),
  failure: z.nullable(Failure),
  cause: z.nullable(Cause),
  verdict: z.nullable(Verdict),
  endedAt: z.nullable(z.int()),
  hashDoctor: z.nullable(HashDoctor),
  events: z.array(LoggedEvent),
});
export type Run = z.infer<typeof Run>;
