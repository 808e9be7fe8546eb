import { type BackendClient, createBackendClient } from '../backend-client/backend-client.ts';
import { BackendProblem } from '../backend-client/backend-problem.ts';
import { clearPendingRun, type PendingRun, type Submission, writePendingRun } from './pending-run.ts';
import { asStored, handingOver, notSaved, withEvent } from './run-state.ts';
import { type SavedRun, writeSavedRun } from './saved-run.ts';

/** Milliseconds between tries to reach a backend that was there a moment ago. */
const TRY_AGAIN_MS = [300, 1000, 2500];

/**
 * Hands the end of leg 1 to the backend and follows the run to its verdict. The code is kept until the backend has
 * acknowledged it and may be posted again: the same body attaches to the same run and is redeemed once. After `dropped`
 * nothing is written any more: the person has put the run away.
 */
export async function handOver(
  saved: SavedRun,
  pending: PendingRun,
  submission: Submission,
  dropped: AbortSignal,
): Promise<void> {
  let state = handingOver(saved, submission);
  await writePendingRun({ ...pending, submission });
  await write(state, dropped);
  const backend = createBackendClient(pending.backend);

  for (let tries = 0; !dropped.aborted; tries += 1) {
    try {
      for await (const event of submit(backend, state.run.id, submission)) {
        const acknowledged = state.stage === 'handing_over';
        state = withEvent(state, event);
        const written = write(state, dropped);
        // The first event is the acknowledgement: the code has done its work. Forgotten only once the state says so.
        if (acknowledged) await written.then(clearPendingRun);
      }
      if (state.stage === 'done') return;
      // A stream that ends without a word has acknowledged nothing.
      if (state.stage === 'handing_over') throw new BackendProblem('backend_unreachable', null);
    } catch (error) {
      if (!(error instanceof BackendProblem)) throw error;
      const lastTry = error.code !== 'backend_unreachable' || tries === TRY_AGAIN_MS.length;
      if (state.stage === 'handing_over' && lastTry) {
        const problem = { code: error.code, detail: error.detail };
        return write(notSaved(state, submission, problem), dropped);
      }
    }
    if (state.stage === 'handed_over') return followStored(state, backend, dropped);
    await sleep(TRY_AGAIN_MS[tries] ?? 0);
  }
}

function submit(backend: BackendClient, id: string, submission: Submission) {
  return submission.kind === 'callback'
    ? backend.postCallback(id, submission.body)
    : backend.postChainEnd(id, submission.body);
}

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
      await write(state, dropped);
      if (state.stage === 'done') return;
      if (Date.now() > until) throw new BackendProblem('backend_error', null);
    } catch (error) {
      if (!(error instanceof BackendProblem)) throw error;
      if (error.code !== 'backend_unreachable' || Date.now() > until) {
        return write({ ...state, notSaved: { code: error.code, detail: error.detail } }, dropped);
      }
    }
    await sleep(READ_EVERY_MS);
  }
}

/** Checked in the turn that issues the write: what a later `dismiss` clears stays cleared. */
function write(saved: SavedRun, dropped: AbortSignal): Promise<void> {
  return dropped.aborted ? Promise.resolve() : writeSavedRun(saved);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
