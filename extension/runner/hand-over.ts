import { type BackendClient, createBackendClient } from '../backend-client/backend-client.ts';
import { BackendProblem } from '../backend-client/backend-problem.ts';
import { clearPendingRun, type PendingRun, type Submission, writePendingRun } from './pending-run.ts';
import { asStored, handingOver, notSaved, withEvent } from './run-state.ts';
import { type SavedRun, writeSavedRun } from './saved-run.ts';

/** Milliseconds between tries to reach a backend that was there a moment ago. */
const TRY_AGAIN_MS = [300, 1000, 2500];

/**
 * Hands the end of leg 1 to the backend and follows the run to its verdict. The code is kept until the backend has
 * acknowledged it and may be posted again: the same body attaches to the same run and is redeemed once.
 */
export async function handOver(saved: SavedRun, pending: PendingRun, submission: Submission): Promise<void> {
  let state = handingOver(saved, submission);
  await writePendingRun({ ...pending, submission });
  await writeSavedRun(state);
  const backend = createBackendClient(pending.backend);

  for (let tries = 0; ; tries += 1) {
    try {
      for await (const event of submit(backend, state.run.id, submission)) {
        // The first event is the acknowledgement: the code has done its work.
        if (state.stage === 'handing_over') await clearPendingRun();
        state = withEvent(state, event);
        void writeSavedRun(state);
      }
      if (state.stage === 'done') return;
    } catch (error) {
      if (!(error instanceof BackendProblem)) throw error;
      if (
        state.stage === 'handing_over' &&
        (error.code !== 'backend_unreachable' || tries === TRY_AGAIN_MS.length)
      ) {
        await writeSavedRun(notSaved(state, submission, { code: error.code, detail: error.detail }));
        return;
      }
    }
    if (state.stage === 'handed_over') return followStored(state, backend);
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
export async function followStored(saved: SavedRun, backend: BackendClient): Promise<void> {
  const until = Date.now() + READ_FOR_MS;
  for (;;) {
    try {
      const state = asStored(saved, await backend.readRun(saved.run.id));
      await writeSavedRun(state);
      if (state.stage === 'done') return;
    } catch (error) {
      if (!(error instanceof BackendProblem)) throw error;
      if (error.code !== 'backend_unreachable' || Date.now() > until) {
        await writeSavedRun({ ...saved, notSaved: { code: error.code, detail: error.detail } });
        return;
      }
    }
    await sleep(READ_EVERY_MS);
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
