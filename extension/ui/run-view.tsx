import './run-view.css';
import { useEffect } from 'preact/hooks';
import type { SavedRun } from '../runner/saved-run.ts';
import { backgroundGone } from './background-watch.ts';
import { ChainList } from './chain/chain-list.tsx';
import { useElapsedMs } from './chain/elapsed.ts';
import { LampRow } from './chain/lamp-row.tsx';
import { LateCard } from './chain/late-card.tsx';
import { LiveSummary } from './chain/live-summary.tsx';
import { PermissionCard } from './chain/permission-card.tsx';
import { PersonCard } from './chain/person-card.tsx';
import { ProgressCard } from './chain/progress-card.tsx';
import { axisEnd } from './chain/time-axis.ts';
import { ReferenceNote } from './compare/reference-note.tsx';
import { ConditionChips } from './conditions/condition-chips.tsx';
import { spellMs } from './counts.ts';
import { doctorOpenFor } from './doctor/doctor-state.ts';
import { loadedLater } from './loaded-later.tsx';
import { ProblemNote } from './problem-note.tsx';
import { SeriesCard } from './repeat/series-card.tsx';
import { isRepeating } from './repeat/series-watch.ts';
import { RowPane, shownRow } from './row-pane.tsx';
import { actionProblem } from './run-actions.ts';
import { isOver } from './run-over.ts';
import { NotSavedBanner } from './verdict/not-saved-banner.tsx';
import { VerdictCard } from './verdict/verdict-card.tsx';
import { holdWatchPort } from './watch-port.ts';
import { wide } from './wide.ts';
import { say } from './words.ts';

const BackgroundGone = loadedLater(async () => (await import('./background-gone.tsx')).BackgroundGone);
const HashDoctor = loadedLater(async () => (await import('./doctor/hash-doctor.tsx')).HashDoctor);

/** One run, top to bottom: what it came to, the four lamps, then every hop and leg. */
export function RunView({ saved }: { saved: SavedRun }) {
  // Between two runs of a series there is a worker to watch, too.
  const done = saved.stage === 'done' && !isRepeating();
  useEffect(() => (done ? undefined : holdWatchPort()), [done]);

  const elapsedMs = useElapsedMs(saved);
  const axisMs = axisEnd(saved, elapsedMs);
  const shown = shownRow(saved);
  const legsShown = saved.run.chainEnd?.kind === 'callback';
  return (
    <main class="body run-view" data-stage={saved.stage}>
      <div class="summary">
        {backgroundGone.value ? <BackgroundGone /> : null}
        {actionProblem.value ? <ProblemNote problem={actionProblem.value} place="start" /> : null}
        <SeriesCard />
        {saved.startedAgainFor ? (
          <p class="banner started-again">{say('late.started', [saved.startedAgainFor])}</p>
        ) : null}
        {done && saved.late ? <LateCard late={saved.late} /> : null}
        <Outcome saved={saved} elapsedMs={elapsedMs} axisMs={axisMs} />
        {doctorOpenFor.value === saved.run.id ? <HashDoctor run={saved.run} /> : null}
        {saved.notSaved ? <NotSavedBanner saved={saved} problem={saved.notSaved} /> : null}
        <LampRow saved={saved} />
        <ConditionChips run={saved.run} />
        <LiveSummary saved={saved} />
      </div>
      <div class="rows">
        <div class="section">
          <h2>{say(legsShown ? 'run.chain_and_legs' : 'run.chain')}</h2>
          {done ? <ReferenceNote key={saved.run.id} run={saved.run} /> : null}
          <span class="small dim num">{say('run.axis', [spellMs(axisMs)])}</span>
        </div>
        <ChainList saved={saved} axisMs={axisMs} shown={shown} detailsBelow={!wide.value} />
      </div>
      {wide.value ? <RowPane saved={saved} axisMs={axisMs} shown={shown} /> : null}
    </main>
  );
}

function Outcome({ saved, elapsedMs, axisMs }: { saved: SavedRun; elapsedMs: number; axisMs: number }) {
  const { run, waitingFor, liveHop } = saved;
  const last = run.hops.reduce((highest, hop) => Math.max(highest, hop.index), 0);
  if (waitingFor?.kind === 'host_permission') {
    return (
      <PermissionCard
        waitingFor={waitingFor}
        hop={liveHop?.index ?? last + 1}
        guarded={isGuarded(run, waitingFor.host)}
      />
    );
  }
  if (waitingFor?.kind === 'person') return <PersonCard waitingFor={waitingFor} hop={last} />;
  if (run.verdict) return <VerdictCard run={run} verdict={run.verdict} axisMs={axisMs} />;
  return isOver(saved) ? null : <ProgressCard saved={saved} elapsedMs={elapsedMs} />;
}

/** Before a tab is opened its run asks for redirect_uri's host, and for the first one's: only with them do its rules hold. */
function isGuarded({ capture, hops, profile }: SavedRun['run'], host: string): boolean {
  return capture === 'tab' && hops.length === 0 && URL.parse(profile.redirectUri)?.hostname === host;
}
