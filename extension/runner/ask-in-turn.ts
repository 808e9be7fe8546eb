import type { Problem } from './messages.ts';
import type { Reply } from './replies.ts';

/** Refusals in a row after which it is told as a problem. */
const TRIES = 5;
/** Whether to wait for longer than that is for a person to decide. */
const LONGEST_MS = 120_000;

/** Who waits for an answer, and can be told to stop waiting. */
export interface Turn {
  signal: AbortSignal;
  /** From when on it is gone on (UTC ms); null once it is. */
  onWait(until: number | null): void;
}

/**
 * Asks, and where the backend says from when on it may be asked again, asks again then: whoever reads or brings in a
 * thousand runs asks for more than a minute allows. Stopped while it waits, the refusal is the answer.
 */
export async function askInTurn<T>(ask: () => Promise<Reply<T>>, turn: Turn): Promise<Reply<T>> {
  for (let tries = 1; ; tries += 1) {
    const reply = await ask();
    const until = reply.ok ? null : askedToWaitUntil(reply.problem);
    if (until === null || tries === TRIES || turn.signal.aborted) return reply;
    turn.onWait(until);
    await comes(until, turn.signal);
    if (turn.signal.aborted) return reply;
    turn.onWait(null);
  }
}

function askedToWaitUntil({ code, until }: Problem): number | null {
  if (code !== 'rate_limited' && code !== 'backend_busy') return null;
  return until !== undefined && until - Date.now() <= LONGEST_MS ? until : null;
}

function comes(until: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, until - Date.now());
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
