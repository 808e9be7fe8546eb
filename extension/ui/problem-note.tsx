import type { Problem } from '../runner/messages.ts';
import { say } from './words.ts';

/** What went wrong and what to do, with the backend's own words as text where it said something. */
export function ProblemNote({ problem }: { problem: Problem }) {
  return (
    <p class="problem" role="alert" data-problem={problem.code}>
      <span class="sign" aria-hidden="true">
        !
      </span>
      <span>
        {say(`problem.${problem.code}`)}
        {problem.detail ? <span class="dim"> {say('problem_detail', [problem.detail])}</span> : null}
      </span>
    </p>
  );
}
