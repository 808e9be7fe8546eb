import type { BackendClient } from '../backend-client/backend-client.ts';
import { BackendProblem } from '../backend-client/backend-problem.ts';
import { settleKept } from './hand-over-kept.ts';
import { asStored } from './run-state.ts';
import { type SavedRun, writeWanted } from './saved-run.ts';

/** How often, and how long, a run is read that the backend has but whose stream was lost (ms). */
const READ_EVERY_MS = 500;
const READ_FOR_MS = 60_000;

/** Reads the run until it has ended: the backend carries it without us. */
export async function followStored(
  saved: SavedRun,
  backend: BackendClient,
  dropped: AbortSignal,
): Promise<void> {
  const until = Date.now() + READ_FOR_MS;
  for (let state = saved; !dropped.aborted; ) {
    try {
      state = asStored(state, await backend.readRun(saved.run.id));
      await writeWanted(state, dropped);
      if (state.stage === 'done') return settleKept(state.run);
      if (Date.now() > until) throw new BackendProblem('backend_error', null);
    } catch (error) {
      if (!(error instanceof BackendProblem)) throw error;
      if (error.code !== 'backend_unreachable' || Date.now() > until) {
        return writeWanted({ ...state, notSaved: { code: error.code, detail: error.detail } }, dropped);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, READ_EVERY_MS));
  }
}
