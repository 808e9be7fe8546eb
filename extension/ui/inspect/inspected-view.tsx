import { useEffect } from 'preact/hooks';
import type { Inspected } from '../../runner/inspected.ts';
import { ChainList } from '../chain/chain-list.tsx';
import { useElapsedMs } from '../chain/elapsed.ts';
import { LampRow } from '../chain/lamp-row.tsx';
import { LiveSummary } from '../chain/live-summary.tsx';
import { PermissionCard } from '../chain/permission-card.tsx';
import { ProgressCard } from '../chain/progress-card.tsx';
import { axisEnd } from '../chain/time-axis.ts';
import { spellMs } from '../counts.ts';
import { RowPane, shownRow } from '../row-pane.tsx';
import { holdWatchPort } from '../watch-port.ts';
import { wide } from '../wide.ts';
import { say } from '../words.ts';
import { AnswerCard } from './answer-card.tsx';
import { InspectedOutcome } from './inspected-outcome.tsx';
import { KeepRecording } from './keep-recording.tsx';

/** An inspected chain in the view of a run: what it came to, as many lamps as a chain can light, and every hop. */
export function InspectedView({ inspected }: { inspected: Inspected }) {
  const done = inspected.stage === 'done';
  useEffect(() => (done ? undefined : holdWatchPort()), [done]);
  const elapsedMs = useElapsedMs(inspected);
  const axisMs = axisEnd(inspected, elapsedMs);
  const shown = shownRow(inspected);
  return (
    <section class="body run-view" aria-label={say('inspect.chain')}>
      <div class="summary">
        <Outcome inspected={inspected} elapsedMs={elapsedMs} />
        <div class="beside">
          <LampRow saved={inspected} />
          {done ? <KeepRecording run={inspected.run} /> : null}
        </div>
        <LiveSummary saved={inspected} />
      </div>
      <div class="rows">
        <div class="section">
          <h2>{say('inspect.chain')}</h2>
          <span class="small dim num">{say('run.axis', [spellMs(axisMs)])}</span>
        </div>
        <ChainList saved={inspected} axisMs={axisMs} shown={shown} detailsBelow={!wide.value} />
      </div>
      {wide.value ? <RowPane saved={inspected} axisMs={axisMs} shown={shown} /> : null}
    </section>
  );
}

function Outcome({ inspected, elapsedMs }: { inspected: Inspected; elapsedMs: number }) {
  const { stage, waitingFor, run } = inspected;
  if (waitingFor?.kind === 'host_permission') {
    const last = run.hops.reduce((highest, hop) => Math.max(highest, hop.index), 0);
    return <PermissionCard waitingFor={waitingFor} hop={last + 1} />;
  }
  if (waitingFor?.kind === 'answer') return <AnswerCard waitingFor={waitingFor} />;
  return stage === 'done' ? (
    <InspectedOutcome inspected={inspected} />
  ) : (
    <ProgressCard saved={inspected} elapsedMs={elapsedMs} />
  );
}
