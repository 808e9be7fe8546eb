import type { Hop } from '#protocol/hop.ts';
import type { Leg } from '#protocol/leg.ts';
import type { Phase, Run } from '#protocol/run.ts';

import type { SavedRun } from '../../runner/saved-run.ts';

/**
 * A recorded run as it stood `elapsedMs` after its button was pressed: what had arrived by then, what was on its way, and
 * nothing that was only known later. At its end it is the run itself.
 */
export function runAt(run: Run, elapsedMs: number): SavedRun {
  const still = { liveHop: null, waitingFor: null, notSaved: null };
  if (elapsedMs >= endOf(run)) return { ...still, stage: 'done', run };
  const chainEnd = run.chainEnd && run.chainEnd.atMs <= elapsedMs ? run.chainEnd : null;
  const legs = run.legs.map((leg) => legAt(leg, elapsedMs, chainEnd !== null));
  const known: Run = {
    ...run,
    hops: run.hops.filter((hop) => isAnswered(hop, elapsedMs, chainEnd !== null)),
    chainEnd,
    legs,
    phase: phaseOf(legs, chainEnd !== null),
    ...{ failure: null, cause: null, verdict: null, endedAt: null, hashDoctor: null, events: [] },
  };
  if (chainEnd) return { ...still, stage: 'handed_over', run: known };
  return { ...still, stage: 'walking', run: known, liveHop: liveHopAt(run.hops, elapsedMs) };
}

/** Everything at which the picture changes, in order: from 0 to the end of the run. */
export function momentsOf(run: Run): number[] {
  const spans = [
    ...run.hops,
    ...run.legs.flatMap((leg) => [leg, ...leg.exchanges]),
    { startedAtMs: run.chainEnd?.atMs ?? 0, durationMs: 0 },
  ];
  const all = spans.flatMap(({ startedAtMs, durationMs }) => {
    const start = startedAtMs ?? 0;
    return [start, start + (durationMs ?? 0)];
  });
  // What was recorded elsewhere may have times that no clock has.
  const possible = all.filter((ms) => Number.isFinite(ms) && ms > 0);
  return [...new Set([0, ...possible])].toSorted((a, b) => a - b);
}

function endOf(run: Run): number {
  return momentsOf(run).at(-1) ?? 0;
}

/** A mark between hops stands from when it was made; a hop without an end ended with the chain. */
function isAnswered(
  { madeBy, startedAtMs, durationMs }: Hop,
  elapsedMs: number,
  chainOver: boolean,
): boolean {
  if (madeBy === 'browser') return startedAtMs <= elapsedMs;
  return durationMs === null ? chainOver : startedAtMs + durationMs <= elapsedMs;
}

function liveHopAt(hops: readonly Hop[], elapsedMs: number): SavedRun['liveHop'] {
  const live = hops.findLast(
    (hop) => hop.madeBy === 'network' && hop.startedAtMs <= elapsedMs && !isAnswered(hop, elapsedMs, false),
  );
  if (!live) return null;
  const { index, url, role, startedAtMs } = live;
  return { index, url, role, startedAtMs };
}

function legAt(leg: Leg, elapsedMs: number, chainOver: boolean): Leg {
  const { startedAtMs, durationMs } = leg;
  const waiting: Leg = {
    ...leg,
    outcome: 'waiting',
    startedAtMs: null,
    durationMs: null,
    exchanges: [],
    checks: [],
  };
  if (startedAtMs === null || startedAtMs > elapsedMs) return waiting;
  if (leg.name === 'authorize') return chainOver ? leg : { ...waiting, outcome: 'running', startedAtMs };
  if (durationMs !== null && startedAtMs + durationMs <= elapsedMs) return leg;
  const exchanges = leg.exchanges.filter((one) => one.startedAtMs + (one.durationMs ?? 0) <= elapsedMs);
  return { ...waiting, outcome: 'running', startedAtMs, exchanges };
}

function phaseOf(legs: readonly Leg[], chainOver: boolean): Phase {
  if (!chainOver) return 'authorizing';
  const begun = legs.findLast(({ startedAtMs }) => startedAtMs !== null)?.name;
  if (begun === 'premiuminfo') return 'verifying';
  return begun === 'token' ? 'redeeming' : 'code_received';
}
