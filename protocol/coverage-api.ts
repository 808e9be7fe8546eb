import * as z from 'zod/mini';

import { CONDITION_NAMES } from './condition-names.ts';
import { RunFilter } from './history-api.ts';
import { HopRole } from './hop.ts';
import { LegName } from './leg.ts';

/** What the rows and the columns of the matrix can be. A day is the tester's, where the run was made. */
export const COVERAGE_DIMENSIONS = [...CONDITION_NAMES, 'profile', 'day'] as const;
export const CoverageDimension = z.enum(COVERAGE_DIMENSIONS);
export type CoverageDimension = z.infer<typeof CoverageDimension>;

const { profile, operator, bearer, sharing, roaming, vpn, device, browser, place, campaign, fromDay, toDay } =
  RunFilter.shape;

/** Which runs are looked at; all that is given has to hold. What a run came to is no part of it: that is the question. */
export const CoverageFilter = z.strictObject({
  profile,
  operator,
  bearer,
  sharing,
  roaming,
  vpn,
  device,
  browser,
  place,
  campaign,
  fromDay,
  toDay,
});
export type CoverageFilter = z.infer<typeof CoverageFilter>;

/** GET /v1/coverage. */
export const CoverageQuery = z.strictObject({
  ...CoverageFilter.shape,
  rows: CoverageDimension,
  columns: CoverageDimension,
});
export type CoverageQuery = z.infer<typeof CoverageQuery>;

/** How many rows and columns an answer has at most; those with the most runs stay. */
export const MATRIX_LIMIT = { rows: 100, columns: 40 } as const;

const count = z.int().check(z.minimum(0));

export const CoverageCounts = z.object({
  /** Finished live runs (match, no match, failed by the operator), by whether they came out as expected. The share is made of these two alone. */
  asExpected: count,
  notAsExpected: count,
  /** Of `notAsExpected`: a match where a failure was expected. */
  unexpectedMatch: count,
  /** Of `notAsExpected`: by the leg at which it stopped. What stopped nowhere, such as another answer than expected, is in none. */
  stoppedAt: z.object({ authorize: count, token: count, premiuminfo: count }),
  /** Live runs that say nothing about coverage. What this side refused or lost itself (own-failures.ts) counts as interrupted. */
  interrupted: count,
  cancelled: count,
  unknown: count,
  /** Ended runs that were not made on a network, or not here. */
  simulated: count,
  imported: count,
});
export type CoverageCounts = z.infer<typeof CoverageCounts>;

export const CoverageCell = z.object({
  ...CoverageCounts.shape,
  /** Null where it was not stated. */
  row: z.nullable(z.string()),
  column: z.nullable(z.string()),
  /** The newest finished live run (by when it began, UTC ms); null where there is none. */
  last: z.nullable(
    z.object({
      at: z.int(),
      verdict: z.enum(['match', 'no_match', 'failed']),
      leg: z.nullable(LegName),
      asExpected: z.boolean(),
    }),
  ),
});
export type CoverageCell = z.infer<typeof CoverageCell>;

export const CoverageReply = z.object({
  /** One for each pair that has a run, in no particular order. */
  cells: z.array(CoverageCell),
  /** Of all runs that the filter lets through, also of those in rows and columns left out. */
  total: CoverageCounts,
  /** How many rows and columns did not fit in. */
  leftOut: z.object({ rows: count, columns: count }),
});
export type CoverageReply = z.infer<typeof CoverageReply>;

/** Of how many of the newest runs the percentiles are made, at most. */
export const LATENCY_RUNS = 1000;

const line = { count, p50Ms: z.number(), p95Ms: z.number() };

/** GET /v1/latency: the newest finished live runs that the filter lets through. Exact, not estimated: nearest rank. */
export const LatencyReply = z.object({
  runs: count,
  legs: z.array(z.object({ leg: LegName, ...line })),
  /** Answered hops, by what the hop is for. */
  roles: z.array(z.object({ role: HopRole, ...line })),
});
export type LatencyReply = z.infer<typeof LatencyReply>;
