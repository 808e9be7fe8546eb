import type { RunStore } from '../store/run-store.ts';
import { keyedDigest } from './derived-values.ts';
import { endHandoff, type HandoffTools, sealedNumber } from './handoff.ts';

interface Tools extends HandoffTools {
  reportBug(error: unknown, runId: string): void;
}

/**
 * Whoever calls a hand-off off, or gives it up, does not know its number, which waits here. The run gets its digest all the same:
 * without it the run would keep a mask that no forgetting finds.
 */
export function claimingHandedNumbers(store: RunStore, tools: Tools): RunStore {
  return {
    ...store,
    async claimSubmission(run, events, submission, codeDigest) {
      const { id, capture } = run;
      const isUnknown = capture === 'handoff' && submission.numberHmac === null;
      const handed = isUnknown ? await sealedNumber(id, tools) : null;
      const known = handed === null ? null : { numberHmac: keyedDigest(tools.serverKey, 'number', handed) };
      const claim = await store.claimSubmission(run, events, { ...submission, ...known }, codeDigest);
      // It would run out by itself; that it could not be ended must not undo the claim.
      if (handed !== null && claim === 'claimed')
        await endHandoff(id, tools).catch((error: unknown) => tools.reportBug(error, id));
      return claim;
    },
  };
}
