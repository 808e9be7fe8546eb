import type { RunFilter } from '#protocol/history-api.ts';

import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';
import { historyList, retry } from './history-list.ts';

/** What comes after the last row: more on its way, a problem, or nothing at all and what to do about it. */
export function ListEnd({ filter }: { filter: RunFilter }) {
  const { pages, state, problem } = historyList.value;
  const empty = pages.every(({ count }) => count === 0);
  if (problem) {
    return (
      <div class="list-end">
        <ProblemNote problem={problem} />
        <button type="button" class="secondary" id="retry-list" onClick={retry}>
          {say('history.retry')}
        </button>
      </div>
    );
  }
  if (state === 'loading') {
    return (
      <p class="list-end dim" role="status">
        {say('history.loading')}
      </p>
    );
  }
  if (!empty) return null;
  const narrowed = Object.keys(filter).length > 0;
  return (
    <div class="list-end nothing" data-empty={narrowed ? 'filtered' : 'all'}>
      <h2>{say(narrowed ? 'history.none_fit' : 'history.none_yet')}</h2>
      <p class="dim">{say(narrowed ? 'history.none_fit_what' : 'history.none_yet_what')}</p>
      {narrowed ? null : (
        <a class="first-run" href="#/">
          {say('history.first_run')}
        </a>
      )}
    </div>
  );
}
