import type { Run } from '#protocol/run.ts';

import { asExpected } from '#protocol/run-reading.ts';
import { causeWords, failureWords, say } from '../words.ts';
import { ticketSummary } from './ticket-summary.ts';
import { verdictWords } from './verdict-words.ts';

/** The summary of a run in the reader's language. */
export function summaryOf(run: Run): string {
  const verdict = run.verdict ?? 'unknown';
  return ticketSummary(run, {
    label: (name) => say(`summary.${name}`),
    verdict: say(`verdict_word.${verdict}`),
    expected: `${say(`expectation.${run.expectation}`)} (${say(`expected.${asExpected(run)}`)})`,
    cause: run.cause ? causeWords(run.cause.code).title : null,
    seen: run.failure ? failureWords(run.failure.code) : null,
    cure: verdictWords(run, verdict).cure,
  });
}
