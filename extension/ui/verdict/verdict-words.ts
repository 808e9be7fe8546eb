import type { Run, Verdict } from '#protocol/run.ts';
import { causeWords, cureWords, failureWords, say } from '../words.ts';
import { signatureUnchecked } from './check-count.ts';

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
  const cause = run.cause && causeWords(run.cause.code);
  if (verdict === 'match') {
    const unsigned = signatureUnchecked(run) ? say('verdict_note.match_unsigned') : null;
    // A match may have its own remark, such as a hop that was very slow.
    const cure = run.cause && cureWords(run.cause);
    return { tone, sentence: matchSentence(run), what: unsigned, seen: cause?.title ?? null, cure };
  }
  if (verdict === 'no_match') {
    return {
      tone,
      sentence: noMatchSentence(run),
      what: cause?.what ?? say('verdict_note.no_match'),
      seen: null,
      cure: cureWords(run.cause),
    };
  }
  if (verdict === 'failed') return failedWords(run, cause);
  return {
    tone,
    sentence: say(`verdict.${verdict}`),
    what: cutShortNote(run, verdict),
    seen: run.failure && failureWords(run.failure.code),
    cure:
      run.capture === 'handoff' && verdict === 'interrupted'
        ? say('verdict_cure.interrupted_handoff')
        : say(`verdict_cure.${verdict}`),
  };
}

function cutShortNote({ chainEnd, capture }: Run, verdict: 'interrupted' | 'cancelled' | 'unknown'): string {
  if (chainEnd?.by === 'tab_closed') return say('verdict_note.tab_closed');
  if (capture === 'handoff' && verdict !== 'unknown' && chainEnd?.kind !== 'callback')
    return say(`verdict_note.${verdict}_handoff`);
  return say(`verdict_note.${verdict}`);
}

function failedWords({ cause, failure }: Run, named: ReturnType<typeof causeWords> | null): VerdictWords {
  const seen = failure && failureWords(failure.code);
  const cure = cureWords(cause);
  if (cause && named && cause.code !== 'not_diagnosed') {
    // Where the operator said it in words of its own, ours would only say it twice.
    return {
      tone: 'bad',
      sentence: named.title,
      what: named.what,
      seen: failure?.operatorError ? null : seen,
      cure,
    };
  }
  return {
    tone: 'bad',
    sentence: seen ?? say('verdict.failed'),
    what: named?.what ?? say('verdict_note.failed'),
    seen: null,
    cure,
  };
}

/** "Another number" would be wrong once the other way of writing this one was answered with yes. */
function noMatchSentence({ cause, origin }: Run): string {
  if (cause?.code === 'hash_form_differs') return say('verdict.no_match_hash_form');
  return say(origin === 'simulated' ? 'verdict.no_match_simulated' : 'verdict.no_match');
}

function matchSentence(run: Run): string {
  if (run.capture === 'handoff')
    return say(run.origin === 'simulated' ? 'verdict.match_simulated_handoff' : 'verdict.match_handoff');
  const tethered = run.conditions.sharing?.value === 'tethered';
  if (run.origin === 'simulated') {
    return say(tethered ? 'verdict.match_simulated_tethered' : 'verdict.match_simulated');
  }
  return say(tethered ? 'verdict.match_tethered' : 'verdict.match');
}
