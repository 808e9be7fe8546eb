import type { RunStore } from '../store/run-store.ts';
import { endHandoff, type HandoffTools, handedDigest } from './handoff.ts';

interface Tools extends HandoffTools {
  reportBug(error: unknown, runId: string): void;
}

/**
 * Whoever calls a hand-off off, or gives it up, does not know its number, whose digest waits here. The run gets it all the same:
 * without it the run would keep a mask that no forgetting finds.
 */
export function claimingHandedNumbers(store: RunStore, tools: Tools): RunStore {
  return {
    ...store,
    async claimSubmission(run, events, submission, codeDigest) {
      const { id, capture } = run;
      const isUnknown = capture === 'handoff' && submission.numberHmac === null;
      const handed = isUnknown ? await handedDigest(id, tools) : null;
      const numberHmac = submission.numberHmac ?? handed;
      const claim = await store.claimSubmission(run, events, { ...submission, numberHmac }, codeDigest);
      // It would run out by itself; that it could not be ended must not undo the claim.
      if (handed !== null && claim === 'claimed')
        await endHandoff(id, tools).catch((error: unknown) => tools.reportBug(error, id));
      return claim;
    },
  };
}
