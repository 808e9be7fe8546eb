import * as z from 'zod/mini';

import { Check } from './check.ts';
import { Header } from './hop.ts';

export const LegName = z.enum(['authorize', 'token', 'premiuminfo']);
export type LegName = z.infer<typeof LegName>;

export const LegOutcome = z.enum(['waiting', 'running', 'passed', 'failed', 'not_run', 'unknown']);
export type LegOutcome = z.infer<typeof LegOutcome>;

/** A recorded request and response of a backend leg, redacted before it is stored or judged. */
export const Exchange = z.object({
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.array(Header),
    body: z.nullable(z.string()),
  }),
  response: z.nullable(z.object({ status: z.int(), headers: z.array(Header), body: z.nullable(z.string()) })),
  /** Transport fault: our word for it and the runtime's own code. */
  error: z.nullable(z.object({ code: z.string(), raw: z.string() })),
  /** Whether the request may have reached the operator: decides between `failed` and `unknown`. */
  sent: z.enum(['no', 'yes', 'unknown']),
  startedAtMs: z.number(),
  durationMs: z.nullable(z.number()),
});
export type Exchange = z.infer<typeof Exchange>;

export const Leg = z.object({
  name: LegName,
  outcome: LegOutcome,
  /** Monotonic milliseconds since the run began; null until the leg has started. */
  startedAtMs: z.nullable(z.number()),
  durationMs: z.nullable(z.number()),
  exchanges: z.array(Exchange),
  checks: z.array(Check),
});
export type Leg = z.infer<typeof Leg>;
