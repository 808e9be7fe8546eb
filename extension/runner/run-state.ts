import type { CallbackRequest } from '#protocol/backend-api.ts';
import { diagnose } from '#protocol/diagnosis/diagnose.ts';
import { failureOf } from '#protocol/failure.ts';
import type { Hop } from '#protocol/hop.ts';
import type { Run, Verdict } from '#protocol/run.ts';
import { applyRunEvent, type RunEvent } from '#protocol/run-events.ts';

import type { WalkResult } from '../walker/walk-chain.ts';
import type { Problem } from './messages.ts';
import type { Submission } from './pending-run.ts';
import type { SavedRun } from './saved-run.ts';

/** The states of a saved run and how it gets from one to the next. Pure; `run-flow.ts` does the doing. */
export function savedAtStart(run: Run): SavedRun {
  return { stage: 'walking', run, liveHop: null, waitingFor: null, notSaved: null };
}

export function withHops(saved: SavedRun, hops: readonly Hop[], liveHop: SavedRun['liveHop']): SavedRun {
  return { ...saved, liveHop, run: { ...saved.run, hops: [...hops] } };
}

export function waiting(saved: SavedRun, waitingFor: NonNullable<SavedRun['waitingFor']>): SavedRun {
  return { ...saved, waitingFor, run: { ...saved.run, phase: 'waiting' } };
}

export function waitingOver(saved: SavedRun): SavedRun {
  return { ...saved, waitingFor: null, run: { ...saved.run, phase: 'authorizing' } };
}

/** The end of leg 1 as the backend is to hear it. */
export function submissionOf(walk: WalkResult, numberHash: string): Submission {
  const hops = [...walk.hops];
  const { chainEnd } = walk;
  return walk.callbackUrl === null
    ? { kind: 'chain-end', body: { hops, chainEnd, failure: walk.failure, numberHash } }
    : { kind: 'callback', body: { hops, chainEnd, callbackUrl: walk.callbackUrl, numberHash } };
}

/** A callback whose code nobody can take in time any more: what there is of the chain, without the code. */
export function expiredSubmission({ hops, chainEnd, numberHash }: CallbackRequest): Submission {
  const failure = failureOf('callback.code_expired_locally');
  return { kind: 'chain-end', body: { hops, chainEnd, failure, numberHash } };
}

/** A chain that nobody is walking any more: what there is of it, as interrupted. */
export function interruptedSubmission(hops: readonly Hop[], numberHash: string | null): Submission {
  const last = hops.at(-1);
  const atMs = last ? last.startedAtMs + (last.durationMs ?? 0) : 0;
  const chainEnd = { kind: 'interrupted', url: null, atMs } as const;
  const number = numberHash === null ? {} : { numberHash };
  return { kind: 'chain-end', body: { hops: [...hops], chainEnd, failure: null, ...number } };
}

/** Leg 1 is over and the backend is about to be told. What it will judge itself is left open here. */
export function handingOver(saved: SavedRun, { kind, body }: Submission): SavedRun {
  const phase = kind === 'callback' ? 'code_received' : saved.run.phase;
  const run: Run = { ...saved.run, hops: body.hops, chainEnd: body.chainEnd, phase };
  return { ...saved, stage: 'handing_over', liveHop: null, waitingFor: null, notSaved: null, run };
}

/** One event of the backend. Until it has said what the chain was, the chain we saw stays in view. */
export function withEvent(saved: SavedRun, event: RunEvent): SavedRun {
  const folded = applyRunEvent(event.type === 'created' ? { ...saved.run, events: [] } : saved.run, event);
  const { hops, chainEnd } = saved.run;
  const run = folded.chainEnd === null && chainEnd !== null ? { ...folded, hops, chainEnd } : folded;
  return { ...saved, run, stage: run.phase === 'ended' ? 'done' : 'handed_over', notSaved: null };
}

/** The record as the backend has it, which is the one that counts. */
export function asStored(saved: SavedRun, run: Run): SavedRun {
  return { ...saved, run, stage: run.phase === 'ended' ? 'done' : 'handed_over', notSaved: null };
}

/** The backend cannot be told. A chain without a code is judged here meanwhile; a code stays held. */
export function notSaved(saved: SavedRun, submission: Submission, problem: Problem): SavedRun {
  if (submission.kind === 'callback') return { ...saved, notSaved: problem };
  const { failure, chainEnd } = submission.body;
  const verdict: Verdict =
    chainEnd.kind === 'cancelled' || chainEnd.kind === 'interrupted' ? chainEnd.kind : 'failed';
  const legs = saved.run.legs.map((leg) =>
    leg.name === 'authorize'
      ? { ...leg, outcome: failure ? ('failed' as const) : ('unknown' as const), durationMs: chainEnd.atMs }
      : { ...leg, outcome: 'not_run' as const },
  );
  const run: Run = { ...saved.run, legs, failure, verdict, phase: 'ended' };
  return { ...saved, notSaved: problem, run: { ...run, cause: diagnose(run, verdict, failure) } };
}
