import type { Run } from '#protocol/run.ts';

/** How far a handed-over run is, one after the other. */
export const HANDOFF_STEPS = ['link', 'opened', 'code', 'token', 'number', 'verdict'] as const;
export type HandoffStep = (typeof HANDOFF_STEPS)[number];

const STEP_OF: Record<Run['phase'], HandoffStep> = {
  created: 'link',
  waiting: 'link',
  authorizing: 'opened',
  code_received: 'code',
  redeeming: 'token',
  verifying: 'number',
  ended: 'verdict',
};

/** The step that is under way, or the last. */
export function stepOf({ phase }: Run): HandoffStep {
  return STEP_OF[phase];
}
