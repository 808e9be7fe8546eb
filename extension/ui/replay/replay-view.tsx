import '../run-view.css';
import './replay.css';
import { useEffect, useMemo } from 'preact/hooks';
import { ChainList } from '../chain/chain-list.tsx';
import { LampRow } from '../chain/lamp-row.tsx';
import { ProgressCard } from '../chain/progress-card.tsx';
import { axisEnd } from '../chain/time-axis.ts';
import { ConditionChips } from '../conditions/condition-chips.tsx';
import { spellMs } from '../counts.ts';
import { openRow } from '../detail/open-row.ts';
import { RowPane, shownRow } from '../row-pane.tsx';
import { VerdictCard } from '../verdict/verdict-card.tsx';
import { verdictWords } from '../verdict/verdict-words.ts';
import { wide } from '../wide.ts';
import { say } from '../words.ts';
import { useReplayClock } from './replay-clock.ts';
import { ReplayControls } from './replay-controls.tsx';
import { ReplayHead } from './replay-head.tsx';
import type { Recorded } from './replay-source.ts';
import { momentsOf, runAt } from './run-at.ts';

/** The view of a run under way, fed with a run that was. Its watermark cannot be taken off. */
export function ReplayView({ run, imported, source }: Recorded & { source: string }) {
  const moments = useMemo(() => momentsOf(run), [run]);
  const clock = useReplayClock(moments);
  const saved = runAt(run, clock.shownMs);
  const axisMs = Math.max(axisEnd(saved, clock.shownMs), clock.shownMs);
  const shown = shownRow(saved);
  const done = saved.stage === 'done';
  useEffect(
    () => () => {
      openRow.value = null;
    },
    [],
  );
  return (
    <div class="frame in-tab replay">
      <ReplayHead run={run} imported={imported} source={source} />
      <main class="body run-view" data-stage={saved.stage}>
        <div class="summary">
          {done && run.verdict ? (
            <VerdictCard run={run} verdict={run.verdict} axisMs={axisMs} readOnly />
          ) : done ? (
            <p class="progress">{say('replay.no_end')}</p>
          ) : (
            <ProgressCard saved={saved} elapsedMs={clock.shownMs} />
          )}
          <LampRow saved={saved} />
          <ConditionChips run={run} />
        </div>
        <div class="rows">
          <div class="section">
            <h2>{say(saved.run.chainEnd?.kind === 'callback' ? 'run.chain_and_legs' : 'run.chain')}</h2>
            <span class="small dim num">{say('run.axis', [spellMs(axisMs)])}</span>
          </div>
          <ChainList saved={saved} axisMs={axisMs} shown={shown} detailsBelow={!wide.value} />
        </div>
        {wide.value ? <RowPane saved={saved} axisMs={axisMs} shown={shown} /> : null}
      </main>
      <ReplayControls clock={clock} moments={moments} />
      {/* One sentence, at the end: what arrives in between would be read out faster than anyone can listen. */}
      <p class="unseen" aria-live="polite">
        {done && run.verdict ? say('replay.ended', [verdictWords(run, run.verdict).sentence]) : ''}
      </p>
    </div>
  );
}
