import './told-problem.css';
import { useLayoutEffect, useRef } from 'preact/hooks';

import type { Problem } from '../runner/messages.ts';
import { spellCount } from './counts.ts';
import { useSecondsLeft } from './seconds-left.ts';
import { clockTime } from './spelling.ts';
import { say } from './words.ts';

/** Where it is shown: where a run was to start, or beside one that the backend does not have yet. */
export type ProblemPlace = 'start' | 'run';

/** What passes without anybody here having done wrong; a sentence is too little for it. */
export type ToldCode = 'backend_storage_away' | 'rate_limited' | 'budget_spent';

interface Shown {
  problem: Problem;
  code: ToldCode;
  place: ProblemPlace | null;
}

/** What happened, when to try again, what stays, and who can change it. */
export function ToldProblem({ problem, code, place }: Shown) {
  const section = useRef<HTMLElement>(null);
  // In a popup it may come up below the edge, with the button to press again below it.
  useLayoutEffect(() => {
    if (place === 'start') section.current?.scrollIntoView({ block: 'start' });
  }, [problem]);
  return (
    <section class="problem told" data-problem={code} aria-labelledby={`told-${code}`} ref={section}>
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
          <div>
            <dt>{say('told.next')}</dt>
            <dd>
              <Again code={code} until={problem.until ?? 0} />{' '}
              {place ? say(`told.${code}.next_${place}`) : null}
            </dd>
          </div>
          <div>
            <dt>{say('told.who')}</dt>
            <dd>{say(`told.${code}.who`)}</dd>
          </div>
        </dl>
        {/* Of its database the backend has no more to tell; of a limit it may name the number. */}
        {problem.detail && code !== 'backend_storage_away' ? (
          <p class="small told-said">{say('problem_detail', [problem.detail])}</p>
        ) : null}
      </div>
    </section>
  );
}

/** Seconds where they are worth counting, a time of day where they are not. */
const COUNTED_S = 120;

function Again({ code, until }: { code: ToldCode; until: number }) {
  const left = useSecondsLeft(until);
  if (code === 'backend_storage_away') return <strong>{say('told.again_any_time')}</strong>;
  if (left === 0) return <strong>{say('told.again_now')}</strong>;
  if (left > COUNTED_S) {
    const at = clockTime(say('language'), until, Date.now());
    return <strong class="num">{say('told.again_from', [at])}</strong>;
  }
  return (
    <strong class="num" role="timer">
      {say('told.again_in', [spellCount(left)])}
    </strong>
  );
}
