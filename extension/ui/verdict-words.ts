import type { Run, Verdict } from '#protocol/run.ts';

import { signatureUnchecked } from './check-count.ts';
import { causeWords, failureWords, say } from './words.ts';

/** What the verdict card says, top to bottom. */
export interface VerdictWords {
  tone: 'good' | 'note' | 'bad' | 'warn';
  sentence: string;
  what: string | null;
  /** What was seen, where the sentence tells the cause instead. */
  seen: string | null;
  cure: string | null;
}

const TONES: Record<Verdict, VerdictWords['tone']> = {
  match: 'good',
  no_match: 'note',
  failed: 'bad',
  interrupted: 'warn',
  cancelled: 'warn',
  unknown: 'warn',
};

/** The sentence names the cause where there is one, else what was seen, else only how it ended. */
export function verdictWords(run: Run, verdict: Verdict): VerdictWords {
  const tone = TONES[verdict];
  const diagnosed = run.cause && run.cause.code !== 'not_diagnosed' ? causeWords(run.cause.code) : null;
  if (verdict === 'match') {
    const what = signatureUnchecked(run) ? say('verdict_note.match_unsigned') : null;
    return { tone, sentence: matchSentence(run), what, seen: null, cure: null };
  }
  if (verdict === 'no_match') {
    const sentence = say(run.origin === 'simulated' ? 'verdict.no_match_simulated' : 'verdict.no_match');
    const cure = (diagnosed ?? causeWords('number_differs')).cure;
    return { tone, sentence, what: diagnosed?.what ?? say('verdict_note.no_match'), seen: null, cure };
  }
  // Where the operator said it in words of its own, ours would only say it twice.
  const seen = run.failure && !run.failure.operatorError ? failureWords(run.failure.code) : null;
  if (verdict === 'failed' && diagnosed) {
    return { tone, sentence: diagnosed.title, what: diagnosed.what, seen, cure: diagnosed.cure };
  }
  if (verdict === 'failed' && run.failure) {
    const { what, cure } = causeWords('not_diagnosed');
    return { tone, sentence: failureWords(run.failure.code), what, seen: null, cure };
  }
  return {
    tone,
    sentence: say(`verdict.${verdict}`),
    what: say(`verdict_note.${verdict}`),
    seen,
    cure: say(`verdict_cure.${verdict}`),
  };
}

function matchSentence(run: Run): string {
  const tethered = run.conditions.sharing?.value === 'tethered';
  if (run.origin === 'simulated') {
    return say(tethered ? 'verdict.match_simulated_tethered' : 'verdict.match_simulated');
  }
  return say(tethered ? 'verdict.match_tethered' : 'verdict.match');
}
