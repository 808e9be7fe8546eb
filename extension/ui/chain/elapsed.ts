import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import type { SavedRun } from '../../runner/saved-run.ts';
import { isOver } from '../run-over.ts';

const TICK_MS = 100;

/** The latest moment of the run that was recorded, in its own monotonic milliseconds. */
export function recordedMs({ run, liveHop }: SavedRun): number {
  return Math.max(
    0,
    liveHop?.startedAtMs ?? 0,
    run.chainEnd?.atMs ?? 0,
    ...run.hops.map((hop) => hop.startedAtMs + (hop.durationMs ?? 0)),
    ...run.legs.map((leg) => (leg.startedAtMs ?? 0) + (leg.durationMs ?? 0)),
  );
}

/**
 * Milliseconds since the run began, counted on from what was recorded last. Wall-clock time is no use here: the
 * run's clock stops while it waits for a permission. It stands still then, and once the run is done.
 */
export function useElapsedMs(saved: SavedRun): number {
  const now = useSignal(performance.now());
  const recorded = recordedMs(saved);
  const anchor = useRef({ recorded: -1, at: 0 });
  if (anchor.current.recorded !== recorded) anchor.current = { recorded, at: performance.now() };

  const counting = !isOver(saved) && !saved.waitingFor;
  useEffect(() => {
    if (!counting) return;
    const timer = setInterval(() => {
      now.value = performance.now();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [counting]);
  return counting ? recorded + Math.max(0, now.value - anchor.current.at) : recorded;
}
