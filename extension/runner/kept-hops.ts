import * as z from 'zod/mini';

import { ChainEndRequest, CreateRunRequest } from '#protocol/backend-api.ts';
import { Run } from '#protocol/run.ts';
import { NOT_KEPT, summaryOf } from '#protocol/run-summary.ts';

import type { Problem } from './messages.ts';
import { fitsMask } from './number-mask.ts';
import type { PendingRun, Submission } from './pending-run.ts';
import { expiredSubmission, handingOver, notSaved, savedAtStart } from './run-state.ts';

const Report = z.strictObject({
  hops: ChainEndRequest.shape.hops,
  chainEnd: ChainEndRequest.shape.chainEnd,
  failure: ChainEndRequest.shape.failure,
});

/**
 * What is on disk of a run whose end the backend has not got: enough to report it after this browser was closed. Redacted,
 * and closed against anything else: no code, and no hash of a number, is ever part of it.
 */
export const KeptHops = z.strictObject({
  schema: z.literal(1),
  id: z.uuid(),
  keptAt: z.int(),
  /** The backend it was opened at, without its key. */
  backendUrl: z.string(),
  create: CreateRunRequest,
  /** As it was opened; its hops stand in the report. */
  run: Run,
  report: Report,
  /** Why the last try to hand it over did not succeed. */
  problem: z.nullable(z.object({ code: z.string(), detail: z.nullable(z.string()) })),
  /** The backend takes it no more. */
  refused: z.boolean(),
});
export type KeptHops = z.infer<typeof KeptHops>;

/** As many as are kept. None makes room for another by itself: each is the only one of its kind. */
export const KEPT_LIMIT = 50;

/** A line of what is not yet saved. */
export interface KeptLine {
  id: string;
  startedAt: number;
  utcOffsetMinutes: number;
  mask: string | null;
  profileName: string;
  hops: number;
  verdict: Run['verdict'];
  refused: boolean;
  problem: Problem | null;
}

export interface KeptRuns {
  runs: KeptLine[];
  /** Records that this version cannot read, set aside. */
  aside: number;
}

/** The record of a run as far as it has come. A code is left out: without it, it will have expired. */
export function keptOf(
  { create, backend }: Pick<PendingRun, 'create' | 'backend'>,
  run: Run,
  submission: Submission,
  now: number,
): KeptHops {
  const { body } = submission.kind === 'callback' ? expiredSubmission(submission.body) : submission;
  const { hops, chainEnd, failure } = body as z.infer<typeof Report>;
  return {
    schema: 1,
    id: create.id,
    keptAt: now,
    backendUrl: backend.url,
    create,
    run: { ...run, hops: [], chainEnd: null, events: [] },
    report: { hops, chainEnd, failure },
    problem: null,
    refused: false,
  };
}

/** The run as this browser judges it without the backend. */
export function shownKept({ run, report }: KeptHops): Run {
  const submission: Submission = { kind: 'chain-end', body: report };
  const problem: Problem = { code: 'backend_unreachable', detail: null };
  return notSaved(handingOver(savedAtStart(run), submission), submission, problem).run;
}

export function lineOfKept(kept: KeptHops): KeptLine {
  const { id, startedAt, utcOffsetMinutes, mask, profileName, hops, verdict } = summaryOf(
    shownKept(kept),
    NOT_KEPT,
  );
  const problem = kept.problem as Problem | null;
  return {
    id,
    startedAt,
    utcOffsetMinutes,
    mask,
    profileName,
    hops,
    verdict,
    refused: kept.refused,
    problem,
  };
}

/** The record without its mask if that can be the number's: a mask fits several, and one too many is better than one too few. */
export function withoutNumber(kept: KeptHops, e164: string): KeptHops {
  const masks = [kept.create.number, kept.run.number].flatMap((number) => number?.mask ?? []);
  if (!masks.some((mask) => fitsMask(e164, mask))) return kept;
  return { ...kept, create: { ...kept.create, number: null }, run: { ...kept.run, number: null } };
}

/** What is to become of the record now that the backend has the run like this. */
export function fateOf({ report }: KeptHops, stored: Run): 'done' | 'refused' | 'wait' {
  if (stored.hops.length >= report.hops.length && stored.phase === 'ended') return 'done';
  return stored.phase === 'ended' ? 'refused' : 'wait';
}

/** Sorts what was read into what this version understands and what it sets aside (S4). */
export function sortKept(found: readonly unknown[]): { kept: KeptHops[]; strange: unknown[] } {
  const kept: KeptHops[] = [];
  const strange: unknown[] = [];
  for (const one of found) {
    const parsed = KeptHops.safeParse(one);
    if (parsed.success) kept.push(parsed.data);
    else strange.push(one);
  }
  return { kept, strange };
}
