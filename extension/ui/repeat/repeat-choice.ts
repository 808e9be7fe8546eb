import type { PAUSES_MS, TIMES } from '../../runner/repeat.ts';

/** How often a run is to be made, and what to wait between. */
export interface Repeat {
  times: (typeof TIMES)[number];
  pauseMs: (typeof PAUSES_MS)[number];
}

export const FIRST_PAUSE_MS = 2000;
