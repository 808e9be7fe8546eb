import type { Problem, ProblemCode } from '../runner/messages.ts';
import { loadedLater } from './loaded-later.tsx';
import type { ProblemPlace, ToldCode } from './told-problem.tsx';
import { say } from './words.ts';

const ToldProblem = loadedLater(async () => (await import('./told-problem.tsx')).ToldProblem);

const TOLD: readonly ProblemCode[] = [
  'backend_storage_away',
  'rate_limited',
  'budget_spent',
] satisfies ToldCode[];

function isTold(code: ProblemCode): code is ToldCode {
  return TOLD.includes(code);
}

/** What went wrong and what to do, with the backend's own words as text where it said something. */
export function ProblemNote({ problem, place = null }: { problem: Problem; place?: ProblemPlace | null }) {
  const { code } = problem;
  if (isTold(code)) return <ToldProblem problem={problem} code={code} place={place} />;
  return (
    <p class="problem" role="alert" data-problem={code}>
      <span class="sign" aria-hidden="true">
        !
      </span>
      <span>
        {say(`problem.${code}`)}
        {problem.detail ? <span class="dim"> {say('problem_detail', [problem.detail])}</span> : null}
      </span>
    </p>
  );
}
