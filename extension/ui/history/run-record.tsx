import type { Run } from '#protocol/run.ts';
import type { SavedRun } from '../../runner/saved-run.ts';
import { ChainList, type ShownRow } from '../chain/chain-list.tsx';
import { rowsOf } from '../chain/chain-rows.ts';
import { LampRow } from '../chain/lamp-row.tsx';
import { axisEnd } from '../chain/time-axis.ts';
import { ReferenceNote } from '../compare/reference-note.tsx';
import { spellMs } from '../counts.ts';
import { openRow } from '../detail/open-row.ts';
import { UnseenHops } from '../handoff/unseen-hops.tsx';
import { VerdictCard } from '../verdict/verdict-card.tsx';
import { say } from '../words.ts';
import { RunFacts } from './run-facts.tsx';

interface Shown {
  run: Run;
  /** Others are held against it, and it against none. */
  isReference: boolean;
  onForgotten: () => void;
}

/** What a kept run came to, its lamps, its chain and legs, and under which circumstances. Nothing in it starts anything. */
export function RunRecord({ run, isReference, onForgotten }: Shown) {
  const saved: SavedRun = {
    stage: run.phase === 'ended' ? 'done' : 'handed_over',
    run,
    liveHop: null,
    waitingFor: null,
    notSaved: null,
  };
  const axisMs = axisEnd(saved, 0);
  return (
    <div class="record">
      <div class="outcome">
        {run.verdict ? (
          <VerdictCard run={run} verdict={run.verdict} axisMs={axisMs} readOnly />
        ) : (
          <p class="progress" role="status">
            {say('record.under_way')}
          </p>
        )}
        <LampRow saved={saved} />
      </div>
      <RunFacts run={run} onForgotten={onForgotten} />
      <div class="rows">
        <div class="section">
          <h2>{say(run.chainEnd?.kind === 'callback' ? 'run.chain_and_legs' : 'run.chain')}</h2>
          {run.phase === 'ended' && !isReference ? <ReferenceNote run={run} /> : null}
          <span class="small dim num">{say('run.axis', [spellMs(axisMs)])}</span>
        </div>
        <UnseenHops run={run} />
        <ChainList saved={saved} axisMs={axisMs} shown={shownRow(saved)} detailsBelow />
      </div>
    </div>
  );
}

function shownRow(saved: SavedRun): ShownRow | null {
  const open = openRow.value;
  const row = rowsOf(saved).find(({ id }) => id === open?.id);
  return row && open ? { row, tab: open.tab } : null;
}
