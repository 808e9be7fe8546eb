import { useLayoutEffect, useRef } from 'preact/hooks';

import { askBackground } from '../../runner/ask-background.ts';
import type { Handoff } from '../../runner/handoff.ts';
import { ChainList } from '../chain/chain-list.tsx';
import { LampRow } from '../chain/lamp-row.tsx';
import { LiveSummary } from '../chain/live-summary.tsx';
import { axisEnd } from '../chain/time-axis.ts';
import { ConditionChips } from '../conditions/condition-chips.tsx';
import { CopyButton } from '../copy-button.tsx';
import { spellMs } from '../counts.ts';
import { openRow } from '../detail/open-row.ts';
import { doctorOpenFor } from '../doctor/doctor-state.ts';
import { HashDoctor } from '../doctor/hash-doctor.tsx';
import { hrefOf } from '../inspector/route.ts';
import { RowPane, shownRow } from '../row-pane.tsx';
import { summaryOf } from '../verdict/run-summary.ts';
import { VerdictCard } from '../verdict/verdict-card.tsx';
import { wide } from '../wide.ts';
import { say } from '../words.ts';
import { UnseenHops } from './unseen-hops.tsx';

/** What came of it, in the view of a run: the verdict, the lamps, and the two legs of the backend. */
export function HandoffOutcome({ handoff }: { handoff: Handoff }) {
  const { run } = handoff;
  const again = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => again.current?.focus({ preventScroll: true }), []);
  const axisMs = axisEnd(handoff, 0);
  const shown = shownRow(handoff);
  const next = () => {
    openRow.value = null;
    void askBackground({ type: 'dismiss_handoff' });
  };
  return (
    <section class="body run-view" aria-label={say('handoff.outcome')}>
      <div class="summary">
        {run.verdict ? <VerdictCard run={run} verdict={run.verdict} axisMs={axisMs} /> : null}
        {doctorOpenFor.value === run.id ? <HashDoctor run={run} /> : null}
        <div class="beside">
          <LampRow saved={handoff} />
          <p class="handoff-of">
            <span class="num">{run.number?.mask}</span> <span class="dim">{run.profile.name}</span>{' '}
            {run.origin === 'simulated' ? <span class="origin">{say('run.simulated')}</span> : null}
          </p>
          <ConditionChips run={run} />
          <div class="handoff-actions">
            <button type="button" class="primary" id="next-handoff" ref={again} onClick={next}>
              {say('handoff.next')}
            </button>
            <a
              class="text-button"
              id="handoff-run"
              href={hrefOf({ page: 'runs', runId: run.id, filter: {} })}
            >
              {say('handoff.in_runs')}
            </a>
            <CopyButton label={say('run.copy_summary')} text={() => summaryOf(run)} id="copy-summary" />
          </div>
        </div>
        <LiveSummary saved={handoff} />
      </div>
      <div class="rows">
        <div class="section">
          <h2>{say('run.chain_and_legs')}</h2>
          <span class="small dim num">{say('run.axis', [spellMs(axisMs)])}</span>
        </div>
        <UnseenHops run={run} />
        <ChainList saved={handoff} axisMs={axisMs} shown={shown} detailsBelow={!wide.value} />
      </div>
      {wide.value ? <RowPane saved={handoff} axisMs={axisMs} shown={shown} /> : null}
    </section>
  );
}
