import './coverage-page.css';
import { useEffect } from 'preact/hooks';

import { settings } from '../backend-watch.ts';
import { useNow } from '../conditions/use-now.ts';
import { PairingCard } from '../form/pairing-card.tsx';
import type { Filtering } from '../history/filter-bar.tsx';
import { timeOf } from '../history/run-times.ts';
import { AgainIcon } from '../icons.tsx';
import { withFilter } from '../inspector/route.ts';
import { goTo, route } from '../inspector/route-watch.ts';
import { followSavedRun } from '../run-watch.ts';
import { say } from '../words.ts';
import type { Question } from './cell-link.ts';
import { CoverageFilters } from './coverage-filters.tsx';
import { askAll, coverage, latency } from './coverage-state.ts';
import { knownIn } from './known-values.ts';
import { LatencySection } from './latency-section.tsx';
import { MatrixCard } from './matrix-card.tsx';
import { TotalLine } from './total-line.tsx';
import { useOutdated } from './use-outdated.ts';

/** Where silent verification works and where it does not: runs counted by any two of their circumstances. */
export function CoveragePage({ rows, columns, filter }: Question) {
  const known = settings.value;
  const paired = known?.backend ?? null;
  const question = { rows, columns, filter };
  const asked = JSON.stringify(question);
  const again = () => askAll(question);
  useEffect(() => {
    if (paired) again();
  }, [asked, paired?.url]);
  useEffect(followSavedRun, []);
  const now = useNow();

  if (known === undefined) return null;
  if (!paired)
    return (
      <main class="body coverage-page">
        <h1 class="unseen">{say('coverage.title')}</h1>
        <PairingCard />
      </main>
    );
  return (
    <main class="body coverage-page">
      <Head onRefresh={again} />
      <CoverageFilters
        question={question}
        now={now}
        known={knownIn(coverage.now.value.answer)}
        onMatrix={(chosen) => change((shown) => ({ ...shown, ...chosen }))}
        onFilter={changeFilter}
        onClear={clear}
      />
      <MatrixCard now={now} onRetry={again} onClear={clear} />
      {isAway() ? null : <LatencySection onRetry={() => latency.ask(filter)} />}
    </main>
  );
}

function Head({ onRefresh }: { onRefresh: () => void }) {
  const { state, answer } = coverage.now.value;
  const outdated = useOutdated(answer?.at ?? null);
  return (
    <header class="coverage-head">
      <h1>{say('coverage.title')}</h1>
      <p class="total dim num" aria-live="polite" id="total">
        {answer ? <TotalLine total={answer.value.total} /> : null}
      </p>
      <span class="as-of dim small num">
        {state === 'loading'
          ? say('coverage.counting')
          : answer
            ? say('coverage.as_of', [clock(answer.at)])
            : ''}
      </span>
      <button
        type="button"
        class={`text-button ${outdated ? 'strong' : ''}`}
        id="refresh"
        aria-disabled={state === 'loading'}
        onClick={onRefresh}
      >
        <AgainIcon />
        {say(outdated ? 'history.outdated' : 'history.refresh')}
      </button>
    </header>
  );
}

/** Nothing is known: one problem is told once. */
function isAway(): boolean {
  const { problem, answer } = coverage.now.value;
  return problem !== null && answer === null;
}

function clock(at: number): string {
  return timeOf({ startedAt: at, utcOffsetMinutes: -new Date(at).getTimezoneOffset() });
}

/** From the route as it is now: a click may come before the page was drawn anew. */
function change(how: (shown: Question) => Question): void {
  const shown = route.value;
  if (shown.page === 'coverage') goTo({ page: 'coverage', ...how(shown) });
}

const changeFilter: Filtering['onFilter'] = (changed) =>
  change((shown) => ({ ...shown, filter: withFilter(shown.filter, changed) }));

const clear = () => change((shown) => ({ ...shown, filter: {} }));
