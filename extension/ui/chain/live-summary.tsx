import { stepOf } from '../../runner/handoff-step.ts';
import type { SavedRun } from '../../runner/saved-run.ts';
import { sayCount } from '../counts.ts';
import { urlParts } from '../detail/url-parts.ts';
import { verdictWords } from '../verdict/verdict-words.ts';
import { say } from '../words.ts';

/** One polite sentence for a screen reader, instead of every row as it arrives. */
export function LiveSummary({ saved }: { saved: SavedRun }) {
  return (
    <p class="unseen" aria-live="polite">
      {wordsOf(saved)}
    </p>
  );
}

function wordsOf({ run, stage }: SavedRun): string {
  if (stage === 'done' && run.verdict) {
    return say('run.live_ended', [verdictWords(run, run.verdict).sentence]);
  }
  if (run.capture === 'handoff') return say(`handoff_step.${stepOf(run)}`);
  const hops = run.hops.filter((hop) => hop.madeBy === 'network');
  const host = urlParts(hops.at(-1)?.url ?? '').host;
  if (hops.length === 0) return '';
  return sayCount('run.live_hops', hops.length, [host]);
}
