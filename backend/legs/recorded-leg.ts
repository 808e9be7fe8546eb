import { setTimeout as delay } from 'node:timers/promises';
import { failureOf } from '#protocol/failure.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { LegOutcome } from '#protocol/leg.ts';
import type { Phase } from '#protocol/run.ts';
import type { NewRunEvent } from '#protocol/run-events.ts';

import type { UpstreamFault } from '../upstream/faults.ts';
import type { UpstreamAnswer, UpstreamRequest } from '../upstream/send.ts';
import { headerOf, recordExchange } from './exchange.ts';
import type { LegTools } from './leg-tools.ts';

type BackendLeg = 'token' | 'premiuminfo';

/** Milliseconds before the second and third try, and the longest wait an operator may ask for. */
const RETRY_AFTER_MS = [200, 800];
const LONGEST_WAIT_MS = 5000;

/** Commits "about to be sent" before anything is; returns when the leg began, on the run's time axis. */
export async function startLeg(tools: LegTools, leg: BackendLeg, phase: Phase): Promise<number> {
  const startedAtMs = tools.elapsedMs();
  for (const event of started(leg, phase, startedAtMs)) tools.journal.add(event);
  await tools.journal.commit();
  return startedAtMs;
}

/** The same for the token leg, which spends its code with that; null if the code was spent before: the leg does not begin. */
export async function startTokenLeg(tools: LegTools, code: string): Promise<number | null> {
  const startedAtMs = tools.elapsedMs();
  const events = started('token', 'redeeming', startedAtMs);
  return (await tools.journal.commitSpending(tools.codeDigest(code), events)) ? startedAtMs : null;
}

const started = (leg: BackendLeg, phase: Phase, startedAtMs: number): NewRunEvent[] => [
  { type: 'phase', phase },
  { type: 'leg', leg, outcome: 'running', startedAtMs, durationMs: null },
];

export function finishLeg(
  tools: Pick<LegTools, 'journal' | 'elapsedMs'>,
  leg: 'authorize' | BackendLeg,
  outcome: LegOutcome,
  startedAtMs: number,
): void {
  const durationMs =
    leg === 'authorize' ? (tools.journal.run.chainEnd?.atMs ?? 0) : tools.elapsedMs() - startedAtMs;
  tools.journal.add({ type: 'leg', leg, outcome, startedAtMs, durationMs });
}

/** What we refuse to send. It is not refused less a second later. */
const REFUSED: readonly UpstreamFault['code'][] = ['address_forbidden', 'budget_spent'];
/** Faults after which nothing was sent and nothing is tried again: what we refuse, and what has waited long enough. */
const NOT_AGAIN: readonly UpstreamFault['code'][] = [...REFUSED, 'timeout'];

/** What sending takes: also after the end of a run, when its other tools are gone. */
type SendTools = Pick<LegTools, 'send' | 'journal' | 'pseudonyms' | 'elapsedMs'>;

/**
 * Sends, and records before anyone judges. Sends again only when nothing was sent (at most twice, and never where we
 * refused to send), and once more when premiuminfo answers 429 or 503 and asks for a wait of five seconds or less
 * (RFC 9110 §9.2.2, §10.2.3).
 */
export async function sendRecorded(
  tools: SendTools,
  leg: BackendLeg,
  request: UpstreamRequest,
): Promise<UpstreamAnswer> {
  let unsent = 0;
  let waited = false;
  for (;;) {
    const startedAtMs = tools.elapsedMs();
    const answer = await tools.send(request);
    tools.journal.add({
      type: 'exchange',
      leg,
      exchange: recordExchange(request, answer, startedAtMs, tools.pseudonyms),
    });
    if (answer.kind === 'failed') {
      const { sent, code } = answer.fault;
      const pause = sent === 'no' && !NOT_AGAIN.includes(code) ? RETRY_AFTER_MS[unsent] : undefined;
      if (pause === undefined) return answer;
      unsent += 1;
      await delay(pause);
      continue;
    }
    const wait = leg === 'premiuminfo' && !waited ? waitAskedFor(answer) : null;
    if (wait === null) return answer;
    waited = true;
    await delay(wait);
  }
}

/** Milliseconds of an acceptable Retry-After, in seconds or as a date; null where none applies. */
function waitAskedFor(answer: Extract<UpstreamAnswer, { kind: 'answered' }>): number | null {
  if (answer.status !== 429 && answer.status !== 503) return null;
  const value = headerOf(answer.headers, 'retry-after');
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return wait >= 0 && wait <= LONGEST_WAIT_MS ? wait : null;
}

/** Ends a run for which no answer came. What may have reached the operator is `unknown`, never `failed`. */
export async function endWithFault(
  tools: LegTools,
  leg: BackendLeg,
  startedAtMs: number,
  fault: UpstreamFault,
): Promise<null> {
  const answered = fault.code === 'too_large' || fault.code === 'not_conformant';
  const ambiguous = fault.sent === 'unknown' && !answered;
  const code: FailureCode = `${leg}.${fault.code}`;
  finishLeg(tools, leg, ambiguous ? 'unknown' : 'failed', startedAtMs);
  // What broke while connecting has spent nothing, and may be tried again as it is. What we refuse has to be changed.
  const broke = leg === 'token' && fault.sent === 'no' && !REFUSED.includes(fault.code);
  const spent = broke ? ({ codeSpent: 'no', retry: 'safe' } as const) : {};
  await tools.journal.end(ambiguous ? 'unknown' : 'failed', failureOf(code, spent));
  return null;
}
