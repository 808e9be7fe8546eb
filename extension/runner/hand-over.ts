import { type BackendClient, createBackendClient } from '../backend-client/backend-client.ts';
import { BackendProblem, isPassing } from '../backend-client/backend-problem.ts';
import { CODE_VALID_MS, isCodeTooOld } from './code-age.ts';
import { followStored } from './follow-stored.ts';
import { settleKept } from './hand-over-kept.ts';
import { keptOf } from './kept-hops.ts';
import { keepHops } from './kept-hops-store.ts';
import { clearPendingRun, type PendingRun, type Submission, writePendingRun } from './pending-run.ts';
import { expiredSubmission, handingOver, notSaved, withEvent } from './run-state.ts';
import { type SavedRun, writeWanted } from './saved-run.ts';

/** Milliseconds between tries to reach a backend that was there a moment ago; while a code is held, the last again and again. */
const LAST_MS = 2500;
const TRY_AGAIN_MS = [300, 1000, LAST_MS];

let endWait = () => {};

/** Whoever waits for the backend tries again at once. */
export function tryAgainNow(): void {
  endWait();
}

/**
 * Hands the end of leg 1 to the backend and follows the run to its verdict. The code is kept until the backend has
 * acknowledged it and may be posted again: the same body attaches to the same run and is redeemed once. A code that grew
 * too old meanwhile is not posted at all. After `dropped` nothing is written any more: the person has put the run away.
 */
export async function handOver(
  saved: SavedRun,
  pending: PendingRun,
  given: Submission,
  dropped: AbortSignal,
): Promise<void> {
  let submission = given;
  const { codeSeenAt } = pending;
  const keptHere = await keepHops(keptOf(pending, saved.run, given, Date.now()));
  let state: SavedRun = { ...handingOver(saved, given), keptHere, ...(codeSeenAt ? { codeSeenAt } : {}) };
  await writePendingRun({ ...pending, submission });
  await writeWanted(state, dropped);
  const backend = createBackendClient(pending.backend);

  for (let tries = 0; !dropped.aborted; tries += 1) {
    if (submission.kind === 'callback' && isCodeTooOld(codeSeenAt ?? 0, Date.now())) {
      submission = expiredSubmission(submission.body);
      await writePendingRun({ ...pending, submission });
    }
    let pauseMs = TRY_AGAIN_MS[tries] ?? LAST_MS;
    try {
      for await (const event of submit(backend, state.run.id, submission)) {
        const acknowledged = state.stage === 'handing_over';
        state = withEvent(state, event);
        const written = writeWanted(state, dropped);
        // The first event is the acknowledgement: the code has done its work. Forgotten only once the state says so.
        if (acknowledged) await written.then(clearPendingRun);
      }
      if (state.stage === 'done') return settleKept(state.run);
      // A stream that ends without a word has acknowledged nothing.
      if (state.stage === 'handing_over') throw new BackendProblem('backend_unreachable', null);
    } catch (error) {
      if (!(error instanceof BackendProblem)) throw error;
      if (state.stage === 'handing_over') {
        if (hasReport(error)) {
          state = { ...state, stage: 'handed_over', notSaved: null };
          await writeWanted(state, dropped).then(clearPendingRun);
        } else {
          pauseMs = pauseUntil(error.until, codeSeenAt, pauseMs);
          if (!isPassing(error) || tries >= TRY_AGAIN_MS.length || pauseMs > LAST_MS) {
            state = notSaved(state, submission, error.told());
            await writeWanted(state, dropped);
            if (submission.kind === 'chain-end' || !isPassing(error)) return;
          }
        }
      }
    }
    if (state.stage === 'handed_over') return followStored(state, backend, dropped);
    await wait(pauseMs, dropped);
  }
}

/** An earlier report of this run stands, or the backend has ended it: there is nothing left to hand over. */
function hasReport({ apiCode }: BackendProblem): boolean {
  return apiCode === 'api.idempotency_conflict' || apiCode === 'api.run_already_ended';
}

/** As long as the backend asks for, but never past the moment when a code that is held has to be given up. */
function pauseUntil(until: number | null, codeSeenAt: number | null, leastMs: number): number {
  const now = Date.now();
  const asked = Math.max(leastMs, (until ?? 0) - now);
  return codeSeenAt === null
    ? asked
    : Math.max(leastMs, Math.min(asked, codeSeenAt + CODE_VALID_MS + 1 - now));
}

function submit(backend: BackendClient, id: string, submission: Submission) {
  return submission.kind === 'callback'
    ? backend.postCallback(id, submission.body)
    : backend.postChainEnd(id, submission.body);
}

function wait(ms: number, dropped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    endWait = resolve;
    dropped.addEventListener('abort', () => resolve(), { once: true });
    setTimeout(resolve, ms);
  });
}
