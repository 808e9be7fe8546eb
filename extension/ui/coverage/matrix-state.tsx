import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Problem } from '../../runner/messages.ts';

import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';

const SLOW_MS = 3000;

/** Room for a matrix that is being counted; a count that takes long says why. */
export function MatrixWait() {
  const slow = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      slow.value = true;
    }, SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="matrix-wait">
      <p class="dim">{say(slow.value ? 'coverage.slow' : 'coverage.loading')}</p>
      <div class="ghosts" aria-hidden="true">
        {Array.from({ length: 12 }, (_, at) => (
          <span key={at} />
        ))}
      </div>
    </div>
  );
}

export function MatrixProblem({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  return (
    <div class="matrix-note">
      <ProblemNote problem={problem} />
      <button type="button" class="secondary" id="retry-coverage" onClick={onRetry}>
        {say('history.retry')}
      </button>
    </div>
  );
}

/** No run at all, or none that fits; and what to do about it. */
export function NoRuns({ narrowed, onClear }: { narrowed: boolean; onClear: () => void }) {
  return (
    <div class="matrix-note nothing" data-empty={narrowed ? 'filtered' : 'all'}>
      <h2>{say(narrowed ? 'history.none_fit' : 'history.none_yet')}</h2>
      <p class="dim">{say(narrowed ? 'coverage.none_fit_what' : 'coverage.none_yet_what')}</p>
      {narrowed ? (
        <button type="button" class="secondary" id="show-all" onClick={onClear}>
          {say('coverage.clear')}
        </button>
      ) : (
        <a class="first-run" href="#/">
          {say('history.first_run')}
        </a>
      )}
    </div>
  );
}
