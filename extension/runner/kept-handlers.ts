import { keepAwake } from './awake.ts';
import { handOverKept, keptRuns } from './hand-over-kept.ts';
import type { Handlers } from './handlers.ts';
import { shownKept } from './kept-hops.ts';
import { dropKept, readKept } from './kept-hops-store.ts';

type KeptMessage = 'kept_runs' | 'hand_over_kept' | 'read_kept' | 'discard_kept';

/** What pages ask of the runs that the backend does not have yet. */
export const keptHandlers: Pick<Handlers['on'], KeptMessage> = {
  async kept_runs() {
    return { ok: true, value: await keptRuns() };
  },
  async hand_over_kept() {
    await keepAwake(handOverKept());
    return { ok: true, value: await keptRuns() };
  },
  async read_kept({ runId }) {
    const found = (await readKept()).kept.find(({ id }) => id === runId);
    return { ok: true, value: found ? { run: shownKept(found) } : null };
  },
  async discard_kept({ runId }) {
    await dropKept(runId);
    return { ok: true, value: await keptRuns() };
  },
};
