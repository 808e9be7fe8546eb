import type { Problem } from '../runner/messages.ts';
import { ProblemNote } from './problem-note.tsx';
import { say } from './words.ts';

/** The backend is the record. While it lacks the end of this run, say so, what is kept here, and what to do. */
export function NotSavedBanner({ problem }: { problem: Problem }) {
  return (
    <section class="banner" data-not-saved="">
      <h2>{say('not_saved.title')}</h2>
      <p class="small">{say('not_saved.kept')}</p>
      <ProblemNote problem={problem} />
    </section>
  );
}
