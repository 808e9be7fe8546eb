import './compare.css';
import './hop-pairs.css';
import './pairs.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import { askBackground } from '../../runner/ask-background.ts';
import { settings } from '../backend-watch.ts';
import { PairingCard } from '../form/pairing-card.tsx';
import { momentOf } from '../history/run-times.ts';
import { hrefOf, type Route } from '../inspector/route.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';
import { chooseSides, type Sides } from './choose-sides.ts';
import { ComparisonView } from './comparison-view.tsx';
import { PickDialog } from './pick-dialog.tsx';
import { SideHeads } from './side-heads.tsx';

type Shown = Extract<Route, { page: 'compare' }>;

/** Two kept runs side by side: the one that is measured, and the one it is measured by. */
export function ComparePage({ runId, referenceId }: Shown) {
  const known = settings.value;
  const paired = known?.backend ?? null;
  const sides = useSignal<Sides | null>(null);
  const asked = useSignal(0);
  useEffect(() => {
    if (!paired) return;
    let current = true;
    // What stands there stays until the answer is there; only what was an error or nothing goes.
    if (sides.peek()?.state !== 'both') sides.value = null;
    chooseSides({ runId, referenceId }, askBackground).then((chosen) => {
      if (current) sides.value = chosen;
    });
    return () => {
      current = false;
    };
  }, [runId, referenceId, paired?.url, asked.value]);

  if (known === undefined) return null;
  return (
    <main class="compare-page body in-tab" aria-busy={paired !== null && sides.value === null}>
      <header class="compare-title">
        <h1>{say('compare.title')}</h1>
        <p class="dim">{say('compare.what')}</p>
      </header>
      {paired ? (
        <Content
          sides={sides.value}
          wanted={{ runId, referenceId }}
          onRetry={() => {
            asked.value += 1;
          }}
        />
      ) : (
        <PairingCard />
      )}
    </main>
  );
}

interface Content {
  sides: Sides | null;
  wanted: Pick<Shown, 'runId' | 'referenceId'>;
  onRetry: () => void;
}

function Content({ sides, wanted, onRetry }: Content) {
  if (sides === null) return <p class="dim waiting">{say('compare.loading')}</p>;
  switch (sides.state) {
    case 'both':
      return (
        <>
          <SideHeads {...sides} newest={wanted.runId === null} />
          <ComparisonView reference={sides.reference.run} run={sides.run.run} />
        </>
      );
    case 'alone':
      return <Alone {...sides} />;
    case 'none':
      return (
        <div class="nothing" data-empty="none">
          <h2>{say('compare.none_yet')}</h2>
          <p class="dim">{say('compare.none_yet_what')}</p>
          <a href="#/">{say('compare.first_run')}</a>
        </div>
      );
    case 'problem':
      return (
        <div class="nothing" data-empty="problem">
          <ProblemNote problem={sides.problem} />
          <div class="ways">
            <button type="button" class="secondary" id="retry-compare" onClick={onRetry}>
              {say('history.retry')}
            </button>
            {/* One step back to what the page chooses by itself: the other run first, then both. */}
            {wanted.runId ? (
              <a
                href={hrefOf({
                  page: 'compare',
                  runId: wanted.referenceId && wanted.runId,
                  referenceId: null,
                })}
              >
                {say('compare.by_itself')}
              </a>
            ) : null}
          </div>
        </div>
      );
  }
}

function Alone({ run }: Extract<Sides, { state: 'alone' }>) {
  const picking = useSignal(false);
  return (
    <div class="nothing" data-empty="alone">
      <h2>{say('compare.alone')}</h2>
      <p class="dim">{say('compare.alone_what', [run.run.profile.name])}</p>
      <div class="ways">
        <button
          type="button"
          class="secondary"
          id="pick-reference"
          onClick={() => {
            picking.value = true;
          }}
        >
          {say('compare.choose_other')}
        </button>
        <a href={hrefOf({ page: 'runs', runId: run.run.id, filter: {} })}>{momentOf(run.run)}</a>
      </div>
      {picking.value ? (
        <PickDialog
          side="reference"
          run={run}
          reference={null}
          onClose={() => {
            picking.value = false;
          }}
        />
      ) : null}
    </div>
  );
}
