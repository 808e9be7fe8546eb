import './unsaved-runs.css';
import { useSignal } from '@preact/signals';
import type { KeptLine } from '../../runner/kept-hops.ts';
import { sayCount } from '../counts.ts';
import { AgainIcon } from '../icons.tsx';
import { hrefOf } from '../inspector/route.ts';
import { say } from '../words.ts';
import { markOutdated } from './history-list.ts';
import { momentOf, utcOf } from './run-times.ts';
import { useUnsaved } from './unsaved-state.ts';

/** Above the runs that the backend has: those it has not got yet, why, and what can be done. Nothing where there are none. */
export function UnsavedRuns() {
  const { runs, aside, asking, allSaved, retry, discard } = useUnsaved(markOutdated);
  if (runs.length === 0 && aside === 0) {
    return allSaved ? (
      <p class="all-saved small" role="status">
        {say('not_saved.handed_over')}
      </p>
    ) : null;
  }
  const waiting = runs.filter(({ refused }) => !refused);
  const refused = runs.filter((run) => run.refused);
  const reason = waiting.find(({ problem }) => problem !== null)?.problem ?? null;
  return (
    <section class="unsaved" aria-label={say('not_saved.list')}>
      {waiting.length > 0 ? (
        <>
          <header>
            <h2>{sayCount('not_saved.count', waiting.length)}</h2>
            <button
              type="button"
              class="secondary small-control"
              id="hand-over-kept"
              aria-disabled={asking}
              onClick={retry}
            >
              <AgainIcon />
              {say(asking ? 'not_saved.retrying' : 'not_saved.retry_all')}
            </button>
          </header>
          <p class="small">
            {say('not_saved.list_what')} {reason ? say(`problem.${reason.code}`) : null}
          </p>
          <Lines runs={waiting} onDiscard={discard} />
        </>
      ) : null}
      {refused.length > 0 ? (
        <>
          <p class="small">{say('not_saved.list_refused')}</p>
          <Lines runs={refused} onDiscard={discard} />
        </>
      ) : null}
      {aside > 0 ? <p class="small">{sayCount('not_saved.aside', aside)}</p> : null}
    </section>
  );
}

function Lines({ runs, onDiscard }: { runs: KeptLine[]; onDiscard: (runId: string) => void }) {
  return (
    <ul>
      {runs.map((run) => (
        <Line key={run.id} run={run} onDiscard={onDiscard} />
      ))}
    </ul>
  );
}

/** The way to what is kept of it, and out: twice, because nothing brings it back. */
function Line({ run, onDiscard }: { run: KeptLine; onDiscard: (runId: string) => void }) {
  const sure = useSignal(false);
  const hops = sayCount('history.hops', run.hops);
  return (
    <li data-unsaved={run.id}>
      <span class="what">
        <b class="num" title={utcOf(run)}>
          {momentOf(run)}
        </b>
        <span class="small dim">{[run.mask, run.profileName, hops].filter(Boolean).join(' · ')}</span>
      </span>
      <a class="text-button" href={hrefOf({ page: 'replay', source: run.id })}>
        {say('not_saved.look')}
      </a>
      <button
        type="button"
        class={`text-button discard ${sure.value ? 'sure' : ''}`}
        onBlur={() => {
          sure.value = false;
        }}
        onClick={() => {
          if (sure.value) onDiscard(run.id);
          else sure.value = true;
        }}
      >
        {say(sure.value ? 'not_saved.discard_now' : 'not_saved.discard')}
      </button>
    </li>
  );
}
