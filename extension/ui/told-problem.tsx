import './told-problem.css';
import type { ComponentChildren } from 'preact';

import type { Problem } from '../runner/messages.ts';
import { spellCount } from './counts.ts';
import { useSecondsLeft } from './seconds-left.ts';
import { clockTime } from './spelling.ts';
import { say } from './words.ts';

/** Where it is shown: before a run, where one presses Run once more, or beside one that the backend does not have yet. */
export type ProblemPlace = 'start' | 'run';

/** What passes without anybody here doing wrong; a sentence is too little for it. */
export type ToldCode = 'backend_storage_away' | 'rate_limited' | 'budget_spent';

interface Shown {
  problem: Problem;
  code: ToldCode;
  place: ProblemPlace | null;
}

/** What happened, when to try again, who can change it, and what to do meanwhile. */
export function ToldProblem({ problem, code, place }: Shown) {
  return (
    <section class="problem told" data-problem={code} aria-labelledby={`told-${code}`}>
      <span class="sign" aria-hidden="true">
        !
      </span>
      <div class="told-text">
        {/* Said when it comes; the seconds below are not, one by one. */}
        <div role="alert">
          <h2 id={`told-${code}`}>{say(`told.${code}.title`)}</h2>
          <p>{say(place === 'run' ? `told.${code}.what_run` : `told.${code}.what`)}</p>
        </div>
        <dl>
          <Fact name={say('told.again')}>
            <Again code={code} until={problem.until ?? 0} />
          </Fact>
          {place ? <Fact name={say('told.now')}>{say(`told.${code}.now_${place}`)}</Fact> : null}
          <Fact name={say('told.who')}>{say(`told.${code}.who`)}</Fact>
        </dl>
        {problem.detail ? <p class="small told-said">{say('problem_detail', [problem.detail])}</p> : null}
      </div>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Seconds where they are worth counting, a time of day where they are not. */
const COUNTED_S = 120;

function Again({ code, until }: { code: ToldCode; until: number }) {
  const left = useSecondsLeft(until);
  if (code === 'backend_storage_away') return <>{say('told.backend_storage_away.again')}</>;
  if (left === 0) return <strong>{say('told.again_now')}</strong>;
  const at = clockTime(say('language'), until, Date.now());
  if (left > COUNTED_S) return <strong class="num">{say('told.again_at', [at])}</strong>;
  return (
    <strong class="num" role="timer">
      {say('told.again_in', [spellCount(left), at])}
    </strong>
  );
}
