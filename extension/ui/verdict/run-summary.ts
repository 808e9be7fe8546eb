import type { Run } from '#protocol/run.ts';

import { asExpected } from '#protocol/run-reading.ts';
import { doctorAnswer } from '../doctor/doctor-words.ts';
import { causeWords, failureWords, say } from '../words.ts';
import { evidenceWords } from './evidence-words.ts';
import { ticketSummary } from './ticket-summary.ts';
import { verdictWords } from './verdict-words.ts';

/** What another device walked has a table without hops, and that they were not seen is not that there were none. */
function captureWords({ capture }: Run): string {
  const words = say(`capture.${capture}`);
  return capture === 'handoff' ? `${words} (${say('chip.hops_unseen')})` : words;
}

/** The summary of a run in the reader's language. */
export function summaryOf(run: Run): string {
  const { cause, failure } = run;
  const verdict = run.verdict ?? 'unknown';
  return ticketSummary(run, {
    label: (name) => say(`summary.${name}`),
    verdict: say(`verdict_word.${verdict}`),
    capture: captureWords(run),
    expected: `${say(`expectation.${run.expectation}`)} (${say(`expected.${asExpected(run)}`)})`,
    cause: cause && causeWords(cause.code).title,
    causeConfidence: cause && say(`confidence.${cause.confidence}`),
    owner: cause && say(`owner.${cause.owner}`),
    mechanism: cause?.mechanism ? say(`owner.${cause.mechanism}`) : null,
    seen: failure && failureWords(failure.code),
    seenConfidence: cause && say(`confidence.${cause.seen}`),
    cure: verdictWords(run, verdict).cure,
    retry: failure && say(`retry.${failure.retry}`),
    codeSpent: failure && say(`code_spent.${failure.codeSpent}`),
    hashDoctor: run.hashDoctor && doctorAnswer(run.hashDoctor),
    evidence: (one) => evidenceWords(one, run),
    check: { failed: say('check_result.failed'), warned: say('check_result.warned') },
  });
}
