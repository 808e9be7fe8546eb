import type { SavedRun } from '../runner/saved-run.ts';

/** Nothing moves any more: the run is done, or it has stopped before the backend could be told of its end. */
export function isOver({ stage, notSaved }: SavedRun): boolean {
  return stage === 'done' || notSaved !== null;
}
