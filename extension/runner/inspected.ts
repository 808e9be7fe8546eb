import type { SavedRun } from './saved-run.ts';
import { sessionValue } from './session-value.ts';

/**
 * A chain walked from a URL that somebody pasted: no backend, no number, no code redeemed. It has the shape of a run, so that
 * the pieces that show a run show it too. Kept in memory only, until the browser closes or a person forgets it.
 */
export interface Inspected extends SavedRun {
  chainOnly: true;
  stage: 'walking' | 'done';
  /** Whether the request named a redirect_uri. */
  named: boolean;
}

export const {
  read: readInspected,
  write: writeInspected,
  clear: clearInspected,
  watch: watchInspected,
} = sessionValue<Inspected>('inspected');
