import * as z from 'zod/mini';

import { CauseCode } from './diagnosis/cause.ts';
import { FailureCode } from './failure-catalogue.ts';
import { LegName } from './leg.ts';
import { Expectation, Phase, Run, Verdict } from './run.ts';

export const Expected = z.enum(['as_expected', 'not_as_expected', 'inconclusive']);

const value = z.optional(z.string().check(z.maxLength(120)));

/** Which runs of the history; what is left out restricts nothing, and all that is given has to hold. */
export const RunFilter = z.strictObject({
  /** Words, each of which has to occur somewhere in what a person may look for; small and capital letters are one. */
  text: z.optional(z.string().check(z.maxLength(200))),
  verdict: z.optional(Verdict),
  leg: z.optional(LegName),
  failure: z.optional(FailureCode),
  cause: z.optional(CauseCode),
  profile: value,
  origin: z.optional(Run.shape.origin),
  expected: z.optional(Expected),
  operator: value,
  bearer: value,
  sharing: value,
  roaming: value,
  vpn: value,
  device: value,
  browser: value,
  place: value,
  campaign: value,
  /** Days where the run was made, both included. */
  fromDay: z.optional(z.iso.date()),
  toDay: z.optional(z.iso.date()),
});
export type RunFilter = z.infer<typeof RunFilter>;

/** One line of the history: what a list shows and a filter asks for, without hops, exchanges and checks. */
export const RunSummary = z.object({
  id: z.uuid(),
  startedAt: z.int(),
  utcOffsetMinutes: z.int(),
  localDay: z.iso.date(),
  profileId: z.string(),
  profileName: z.string(),
  capture: Run.shape.capture,
  origin: Run.shape.origin,
  scenario: z.nullable(z.string()),
  mask: z.nullable(z.string()),
  conditions: z.object({
    operator: z.optional(z.string()),
    bearer: z.optional(z.string()),
    sharing: z.optional(z.string()),
    roaming: z.optional(z.string()),
    vpn: z.optional(z.string()),
    device: z.optional(z.string()),
    browser: z.optional(z.string()),
    place: z.optional(z.string()),
    campaign: z.optional(z.string()),
    tags: z.optional(z.array(z.string())),
  }),
  expectation: Expectation,
  /** Null until the run has ended. */
  expected: z.nullable(Expected),
  phase: Phase,
  verdict: z.nullable(Verdict),
  failure: z.nullable(FailureCode),
  /** The leg at which an ended run stopped; null where it went all the way, or is under way. */
  leg: z.nullable(LegName),
  cause: z.nullable(CauseCode),
  /** Hops the network answered. */
  hops: z.int(),
  /** Monotonic, from the button to the last leg's end; null until the run has ended. */
  durationMs: z.nullable(z.number()),
  pinned: z.boolean(),
  /** The reference chain of its profile: what later runs are held against. */
  reference: z.boolean(),
  /** UTC milliseconds; null for a run that was made here. `origin` is `imported` then, whatever the record says. */
  importedAt: z.nullable(z.int()),
});
export type RunSummary = z.infer<typeof RunSummary>;

/** Where a page ended: pages go on from there, whatever was added at the top meanwhile. */
export const RunCursor = z.string().check(z.regex(/^-?\d{1,15}_[0-9a-f-]{36}$/i));

/** The newest first. `next` is null on the last page. */
export const RunsReply = z.object({ runs: z.array(RunSummary), next: z.nullable(RunCursor) });
export type RunsReply = z.infer<typeof RunsReply>;

/** GET /v1/runs/count: as many as a list with this filter has, counted no further than `COUNT_LIMIT`. */
export const RunCount = z.object({ runs: z.int(), more: z.boolean() });
export type RunCount = z.infer<typeof RunCount>;
export const COUNT_LIMIT = 10_000;
