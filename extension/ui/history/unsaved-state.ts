import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import { askBackground } from '../../runner/ask-background.ts';
import type { KeptRuns } from '../../runner/kept-hops.ts';

/** How often, and how many times, a page that is open has what is not yet saved handed over (ms). */
const RETRY_EVERY_MS = 15_000;
const RETRIES = 40;

const NOTHING: KeptRuns = { runs: [], aside: 0 };

export interface Unsaved extends KeptRuns {
  asking: boolean;
  /** There were some, and the backend has them all now. */
  allSaved: boolean;
  retry: () => Promise<void>;
  discard: (runId: string) => Promise<void>;
}

/** What the backend does not have yet. Handed over as soon as this page is open, and again from time to time. */
export function useUnsaved(onSaved: () => void): Unsaved {
  const kept = useSignal<KeptRuns>(NOTHING);
  const asking = useSignal(false);
  const allSaved = useSignal(false);
  const waiting = kept.value.runs.filter(({ refused }) => !refused).length;

  const retry = async () => {
    if (asking.value) return;
    asking.value = true;
    const before = waitingIn(kept.peek());
    const reply = await askBackground({ type: 'hand_over_kept' });
    asking.value = false;
    if (!reply.ok) return;
    kept.value = reply.value;
    if (waitingIn(reply.value) >= before) return;
    allSaved.value = reply.value.runs.length === 0;
    onSaved();
  };
  useEffect(() => {
    askBackground({ type: 'kept_runs' }).then((reply) => {
      if (!reply.ok) return;
      kept.value = reply.value;
      if (waitingIn(reply.value) > 0) retry();
    });
  }, []);
  useEffect(() => {
    if (waiting === 0) return;
    let tries = 0;
    const timer = setInterval(() => {
      tries += 1;
      if (tries >= RETRIES) clearInterval(timer);
      retry();
    }, RETRY_EVERY_MS);
    return () => clearInterval(timer);
  }, [waiting > 0]);

  return {
    ...kept.value,
    asking: asking.value,
    allSaved: allSaved.value,
    retry,
    async discard(runId) {
      const reply = await askBackground({ type: 'discard_kept', runId });
      if (reply.ok) kept.value = reply.value;
    },
  };
}

function waitingIn({ runs }: KeptRuns): number {
  return runs.filter(({ refused }) => !refused).length;
}
