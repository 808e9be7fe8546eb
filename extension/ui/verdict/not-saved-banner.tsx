import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { wakeBackground } from '../../runner/ask-background.ts';
import { CODE_VALID_MS } from '../../runner/code-age.ts';
import type { Problem } from '../../runner/messages.ts';
import type { SavedRun } from '../../runner/saved-run.ts';
import { spellCount } from '../counts.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';

interface Shown {
  saved: SavedRun;
  problem: Problem;
}

/** Less than this the background waits by itself. */
const WORTH_WAITING_MS = 3000;

/** The backend is the record. While it lacks the end of this run, say so, what is kept here, and what to do. When the backend said from when on it takes it, it is tried then. */
export function NotSavedBanner({ saved, problem }: Shown) {
  const { stage, codeSeenAt, keptHere, run } = saved;
  const { until = 0 } = problem;
  useEffect(() => {
    const waitMs = until - Date.now();
    if (waitMs < WORTH_WAITING_MS) return;
    const timer = setTimeout(wakeBackground, waitMs);
    return () => clearTimeout(timer);
  }, [until]);
  const held = stage === 'handing_over' && run.verdict === null && codeSeenAt !== undefined;
  return (
    <section class="banner" data-not-saved={problem.code}>
      <h2>{say(stage === 'handed_over' ? 'not_saved.title_handed_over' : 'not_saved.title')}</h2>
      {held ? <HeldCode seenAt={codeSeenAt} /> : null}
      <p class="small">{say(keptHere === false ? 'not_saved.not_kept' : 'not_saved.kept')}</p>
      <ProblemNote problem={problem} place="run" />
      <button type="button" class="secondary" id="hand-over-again" onClick={wakeBackground}>
        {say('not_saved.retry')}
      </button>
    </section>
  );
}

/** How old the code is: it is of use for a minute, and the person may have to start a backend in that time. */
function HeldCode({ seenAt }: { seenAt: number }) {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 1000);
    return () => clearInterval(timer);
  }, []);
  const ageMs = Math.min(CODE_VALID_MS, Math.max(0, now.value - seenAt));
  return (
    <div class="held-code" id="held-code">
      <p class="num">
        {say('not_saved.code_held', [spellCount(Math.floor(ageMs / 1000)), spellCount(CODE_VALID_MS / 1000)])}
      </p>
      <span class="meter" aria-hidden="true">
        <i style={{ width: `${100 - (ageMs / CODE_VALID_MS) * 100}%` }} />
      </span>
    </div>
  );
}
