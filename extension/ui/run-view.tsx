import './run-view.css';
import { useEffect } from 'preact/hooks';

import type { SavedRun } from '../runner/saved-run.ts';
import { ChainList } from './chain-list.tsx';
import { firstTab, type Row, rowsOf, tellingRow } from './chain-rows.ts';
import { useElapsedMs } from './elapsed.ts';
import { LampRow } from './lamp-row.tsx';
import { LiveSummary } from './live-summary.tsx';
import { NotSavedBanner } from './not-saved-banner.tsx';
import { openRow } from './open-row.ts';
import { PermissionCard } from './permission-card.tsx';
import { ProblemNote } from './problem-note.tsx';
import { ProgressCard } from './progress-card.tsx';
import { RowDetail } from './row-detail.tsx';
import { actionProblem } from './run-actions.ts';
import { axisEnd, spellMs } from './time-axis.ts';
import { VerdictCard } from './verdict-card.tsx';
import { holdWatchPort } from './watch-port.ts';
import { wide } from './wide.ts';
import { say } from './words.ts';

/** One run, top to bottom: what it came to, the four lamps, then every hop and leg. */
export function RunView({ saved }: { saved: SavedRun }) {
  const done = saved.stage === 'done';
  useEffect(() => (done ? undefined : holdWatchPort()), [done]);

  const elapsedMs = useElapsedMs(saved);
  const axisMs = axisEnd(saved, elapsedMs);
  const legsShown = saved.run.chainEnd?.kind === 'callback';
  return (
    <main class="body run-view" data-stage={saved.stage}>
      <div class="summary">
        {actionProblem.value ? <ProblemNote problem={actionProblem.value} /> : null}
        <Outcome saved={saved} elapsedMs={elapsedMs} axisMs={axisMs} />
        {saved.notSaved ? <NotSavedBanner problem={saved.notSaved} /> : null}
        <LampRow saved={saved} />
        <LiveSummary saved={saved} />
      </div>
      <div class="rows">
        <div class="section">
          <h2>{say(legsShown ? 'run.chain_and_legs' : 'run.chain')}</h2>
          <span class="small dim num">{say('run.axis', [spellMs(axisMs)])}</span>
        </div>
        <ChainList saved={saved} axisMs={axisMs} detailsBelow={!wide.value} />
      </div>
      {wide.value ? <DetailPane saved={saved} axisMs={axisMs} /> : null}
    </main>
  );
}

function Outcome({ saved, elapsedMs, axisMs }: { saved: SavedRun; elapsedMs: number; axisMs: number }) {
  const { run, stage, waitingFor, liveHop } = saved;
  if (waitingFor) {
    const last = run.hops.reduce((highest, hop) => Math.max(highest, hop.index), 0);
    return <PermissionCard waitingFor={waitingFor} hop={liveHop?.index ?? last + 1} />;
  }
  if (stage !== 'done') return <ProgressCard saved={saved} elapsedMs={elapsedMs} />;
  return <VerdictCard run={run} verdict={run.verdict ?? 'interrupted'} axisMs={axisMs} />;
}

/** Beside the chain where there is room: the opened row, or the one that matters most. */
function DetailPane({ saved, axisMs }: { saved: SavedRun; axisMs: number }) {
  const rows = rowsOf(saved);
  const chosen = rows.find((one) => one.id === openRow.value?.id);
  const row = chosen ?? tellingRow(rows, saved.run);
  const tab = chosen && openRow.value ? openRow.value.tab : row && firstTab(row, saved.run);
  return (
    <aside class="pane" aria-label={say('tab.label')}>
      {row && tab ? (
        <>
          <h2 class="pane-title">{titleOf(row)}</h2>
          <RowDetail row={row} run={saved.run} tab={tab} axisMs={axisMs} />
        </>
      ) : (
        <p class="dim pane-empty">{say('detail.pick')}</p>
      )}
    </aside>
  );
}

function titleOf(row: Row): string {
  if (row.kind === 'leg') return say(`leg.${row.leg.name}`);
  if (row.kind === 'end') return say('evidence.chain_end');
  return `${say('evidence.hop', [String(row.hop.index)])} · ${say(`role.${row.hop.role}`)}`;
}
