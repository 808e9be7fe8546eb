import { diagnose } from '#protocol/diagnosis/diagnose.ts';
import type { Failure } from '#protocol/failure.ts';
import type { Hop } from '#protocol/hop.ts';
import type { Run, Verdict } from '#protocol/run.ts';

import type { WalkResult } from '../walker/walk-chain.ts';
import type { Inspected } from './inspected.ts';

/** The states of an inspected chain. Pure; `inspect-flow.ts` does the doing. */
export function inspectedAtStart(run: Run, named: boolean): Inspected {
  return {
    chainOnly: true,
    stage: 'walking',
    run,
    named,
    liveHop: null,
    waitingFor: null,
    notSaved: null,
  };
}

export function withInspectedHops(
  inspected: Inspected,
  hops: readonly Hop[],
  liveHop: Inspected['liveHop'],
): Inspected {
  return { ...inspected, liveHop, run: { ...inspected.run, hops: hops.map(withoutUnknownHost) } };
}

/** The chain is over; `failure` is what its answer was found to be where it gave one. */
export function inspectedAtEnd(inspected: Inspected, walk: WalkResult, judged: Failure | null): Inspected {
  const { chainEnd } = walk;
  const failure = walk.failure ?? judged;
  const cutShort = chainEnd.kind === 'cancelled' || chainEnd.kind === 'interrupted' ? chainEnd.kind : null;
  // Nobody redeems the code, so what the whole would have come to is not known.
  const verdict: Verdict = cutShort ?? (failure ? 'failed' : 'unknown');
  const outcome = failure ? 'failed' : cutShort ? 'unknown' : 'passed';
  const legs = inspected.run.legs.map((leg) =>
    leg.name === 'authorize' ? { ...leg, outcome, durationMs: chainEnd.atMs } : leg,
  ) as Run['legs'];
  const hops = walk.hops.map(withoutUnknownHost);
  const run: Run = { ...inspected.run, hops, chainEnd, legs, failure, verdict, phase: 'ended' };
  const cause = failure ? diagnose(run, verdict, failure) : null;
  return {
    ...inspected,
    stage: 'done',
    liveHop: null,
    waitingFor: null,
    run: { ...run, cause },
  };
}

/** Nobody walks it any more: its worker died. */
export function inspectedInterrupted(inspected: Inspected): Inspected {
  const { hops } = inspected.run;
  const last = hops.at(-1);
  const atMs = last ? last.startedAtMs + (last.durationMs ?? 0) : 0;
  const chainEnd = { kind: 'interrupted', url: null, atMs } as const;
  return inspectedAtEnd(inspected, { hops, chainEnd, callbackUrl: null, failure: null }, null);
}

/** There is no profile that could know a host. */
function withoutUnknownHost(hop: Hop): Hop {
  return { ...hop, notes: hop.notes.filter((note) => note !== 'unknown_host') };
}
