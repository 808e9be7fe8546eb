import { beginHop, foldTraffic, type HopFacts, isRedirect, locationOf } from './assemble-hop.ts';
import type { HopTraffic } from './hop-traffic.ts';

export interface HopRequest {
  url: string;
  /** Milliseconds for the whole hop, wall clock: a dripped header must not outlive it. */
  deadlineMs: number;
  cancelled: AbortSignal;
  traffic: HopTraffic;
  /** Called when the browser says that the request has left. */
  left(): void;
}

export interface HopResult {
  /** What the browser did by itself before this request, at once and unasked: in Firefox, turning http into https. */
  marks: { facts: HopFacts; durationMs: number }[];
  facts: HopFacts;
  durationMs: number;
  /** `unseen`: the request settled, and the browser's listeners were told nothing of it. */
  outcome: 'redirect' | 'answered' | 'failed' | 'timed_out' | 'cancelled' | 'unseen';
  /** Whether the device slept in between: its wall clock went on while its timers stood still. */
  slept: boolean;
  /** Set when the answer is no redirect and its body can be read. */
  response: Response | null;
  /** Calls `changed` with the facts whenever an event that arrives later adds to them; Chromium tells the ip only then. */
  later(changed: (facts: HopFacts) => void): void;
}

/** Milliseconds that events may lag behind the fetch they belong to: Firefox on a busy machine was seen to take more than 250. */
const STRAGGLERS_MS = 2000;

/** Milliseconds by which wall clock and monotonic clock part only when a device sleeps, or is set (docs/facts.md). */
const SLEPT_MS = 5000;

/**
 * One hop: one fetch that follows nothing, and what the browser's own listeners saw of it. The hop is over when the
 * fetch has settled and its answer is known, or at its deadline; there may be no terminal event at all.
 */
export async function requestHop({
  url,
  deadlineMs,
  cancelled,
  traffic,
  left,
}: HopRequest): Promise<HopResult> {
  let facts = beginHop(url);
  const marks: HopResult['marks'] = [];
  let settled = () => {};
  let changedLater: ((facts: HopFacts) => void) | null = null;
  const isKnown = () =>
    facts.over || (facts.status !== null && (!isRedirect(facts.status) || locationOf(facts) !== null));
  const claim = traffic.claim(url, (event) => {
    facts = foldTraffic(facts, event);
    if (facts.movedTo !== null) {
      const now = performance.now();
      marks.push({ facts, durationMs: now - began });
      facts = beginHop(facts.movedTo);
      began = now;
    }
    if (event.kind === 'sending') left();
    if (isKnown()) settled();
    changedLater?.(facts);
  });

  const started = performance.now();
  let began = started;
  const startedOnTheWall = Date.now();
  const deadline = AbortSignal.timeout(Math.ceil(deadlineMs));
  const givenUp = AbortSignal.any([deadline, cancelled]);
  let response: Response | null = null;
  let fetchFailed = false;
  try {
    response = await fetch(url, {
      redirect: 'manual',
      credentials: 'include',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: givenUp,
    });
  } catch {
    fetchFailed = true;
  }
  const ended = performance.now();
  if (!isKnown() && !givenUp.aborted) {
    await new Promise<void>((resolve) => {
      settled = resolve;
      givenUp.addEventListener('abort', () => resolve());
      setTimeout(resolve, STRAGGLERS_MS);
    });
  }
  const slept = Date.now() - startedOnTheWall - (performance.now() - started) > SLEPT_MS;
  claim.abandon();
  const redirected = facts.status !== null && isRedirect(facts.status);
  return {
    marks,
    facts,
    durationMs: Math.max(0, ended - began),
    slept,
    outcome: outcomeOf({ fetchFailed, redirected, deadline, cancelled, status: facts.status }),
    response: redirected ? null : response,
    later: (changed) => {
      changedLater = changed;
    },
  };
}

/** A redirect whose Location the browser would not take still counts as one: its headers were seen. */
function outcomeOf(seen: {
  fetchFailed: boolean;
  redirected: boolean;
  deadline: AbortSignal;
  cancelled: AbortSignal;
  status: number | null;
}): HopResult['outcome'] {
  if (seen.redirected) return 'redirect';
  if (seen.cancelled.aborted) return 'cancelled';
  if (seen.deadline.aborted) return 'timed_out';
  if (seen.status === null && !seen.fetchFailed) return 'unseen';
  return seen.fetchFailed ? 'failed' : 'answered';
}
