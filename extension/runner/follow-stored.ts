import type { BackendClient } from '../backend-client/backend-client.ts';
import { BackendProblem, isPassing } from '../backend-client/backend-problem.ts';
import { settleKept } from './hand-over-kept.ts';
import { asStored } from './run-state.ts';
import { type SavedRun, writeWanted } from './saved-run.ts';

/** How often, and how long, a run is read that the backend has but whose stream was lost (ms). */
const READ_EVERY_MS = 500;
const READ_FOR_MS = 60_000;

/** However long the backend asks to be left alone: a run may have ended meanwhile. */
const READ_AT_LEAST_MS = 10_000;

/** Milliseconds without an answer after which the person is told, while it is tried on. */
const SILENT_MS = 3000;

/** Reads the run until it has ended: the backend carries it without us. */
export async function followStored(
  saved: SavedRun,
  backend: BackendClient,
  dropped: AbortSignal,
): Promise<void> {
  const until = Date.now() + READ_FOR_MS;
  let lastRead = Date.now();
  for (let state = saved; !dropped.aborted; ) {
    let pauseMs = READ_EVERY_MS;
    try {
      state = asStored(state, await backend.readRun(saved.run.id));
      lastRead = Date.now();
      await writeWanted(state, dropped);
      if (state.stage === 'done') return settleKept(state.run);
      if (Date.now() > until) throw new BackendProblem('backend_error', null);
    } catch (error) {
      if (!(error instanceof BackendProblem)) throw error;
      const now = Date.now();
      const isLast = !isPassing(error) || now > until;
      if (isLast || now - lastRead > SILENT_MS) {
        state = { ...state, notSaved: error.told() };
        await writeWanted(state, dropped);
      }
      if (isLast) return;
      pauseMs = Math.min(READ_AT_LEAST_MS, Math.max(READ_EVERY_MS, (error.until ?? 0) - now));
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
