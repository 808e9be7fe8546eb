import type { HandoffReply } from '#protocol/handoff.ts';
import type { Run } from '#protocol/run.ts';
import { applyRunEvent, type RunEvent } from '#protocol/run-events.ts';

import type { Handoff } from './handoff.ts';
import type { Problem } from './messages.ts';

/** The states of a handed-over run. Pure; `handoff-flow.ts` does the doing. */
export function handoffAtStart(run: Run, { link, expiresAt }: HandoffReply): Handoff {
  return {
    stage: 'handed_over',
    // A new run is taken to be walked at once; this one waits for its phone.
    run: { ...run, phase: 'waiting' },
    link,
    expiresAt,
    trouble: null,
    liveHop: null,
    waitingFor: null,
    notSaved: null,
  };
}

/** One event of the backend. After a broken line they come from the first again: what was folded in changes nothing. */
export function withHandoffEvent(handoff: Handoff, event: RunEvent): Handoff {
  const run = applyRunEvent(handoff.run, event);
  return { ...handoff, run, stage: run.phase === 'ended' ? 'done' : 'handed_over', trouble: null };
}

export function inTrouble(handoff: Handoff, trouble: Problem): Handoff {
  return { ...handoff, trouble };
}
