import { createBackendClient } from '../backend-client/backend-client.ts';
import { BackendProblem } from '../backend-client/backend-problem.ts';
import { followStored } from './follow-stored.ts';
import { handOver } from './hand-over.ts';
import { clearPendingRun, readPendingRun } from './pending-run.ts';
import { interruptedSubmission, savedAtStart } from './run-state.ts';
import { readSavedRun, type SavedRun, writeSavedRun } from './saved-run.ts';
import { readSettings } from './settings.ts';

/**
 * What a new worker does about the run it finds: a chain nobody walks any more is reported as interrupted, with the
 * hops it had; a code the backend has not acknowledged is posted again; a run handed over is read.
 */
export async function recoverRun(dropped: AbortSignal): Promise<void> {
  const [pending, saved] = await Promise.all([readPendingRun(), readSavedRun()]);
  if (pending) {
    const { submission } = pending;
    // A pending run of another id than the one shown died before the backend had answered for it.
    const known = saved?.run.id === pending.create.id ? saved : await openAgain(pending);
    if (!known) return clearPendingRun();
    return handOver(
      known,
      pending,
      submission ?? interruptedSubmission(known.run.hops, pending.numberHash),
      dropped,
    );
  }
  // Acknowledged, whether or not the old worker came to say so: what it had to hand over is gone.
  if (saved?.stage === 'handed_over' || saved?.stage === 'handing_over') {
    const { backend } = await readSettings();
    if (backend) return followStored(saved, createBackendClient(backend), dropped);
    await writeSavedRun({ ...saved, notSaved: { code: 'not_paired', detail: null } });
  }
}

/** Asks the backend for the run a second time; the same request makes the same run. Null where it cannot be reached: then there is none to show. */
async function openAgain(pending: Parameters<typeof handOver>[1]): Promise<SavedRun | null> {
  try {
    const { run } = await createBackendClient(pending.backend).createRun(pending.create);
    return savedAtStart(run);
  } catch (error) {
    if (error instanceof BackendProblem) return null;
    throw error;
  }
}
