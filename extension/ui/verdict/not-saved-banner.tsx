import type { Problem } from '../../runner/messages.ts';
import type { Stage } from '../../runner/saved-run.ts';
import { ProblemNote } from '../problem-note.tsx';
import { knockOnWatchPort } from '../watch-port.ts';
import { say } from '../words.ts';

/** The backend is the record. While it lacks the end of this run, say so, what is kept here, and what to do. */
export function NotSavedBanner({ stage, problem }: { stage: Stage; problem: Problem }) {
  return (
    <section class="banner" data-not-saved={problem.code}>
      <h2>{say(stage === 'handed_over' ? 'not_saved.title_handed_over' : 'not_saved.title')}</h2>
      <p class="small">{say('not_saved.kept')}</p>
      <ProblemNote problem={problem} />
      <button type="button" class="secondary" id="hand-over-again" onClick={knockOnWatchPort}>
        {say('not_saved.retry')}
      </button>
    </section>
  );
}
