import './recordings.css';
import { useLayoutEffect } from 'preact/hooks';

import { hrefOf, type Route } from '../inspector/route.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';
import { RecordingChoice } from './recording-choice.tsx';
import { ReplayFrame } from './replay-frame.tsx';
import { useRecorded } from './replay-source.ts';
import { ReplayView } from './replay-view.tsx';

/** A run that was, played again in the view that showed it live. Nothing here starts, stores or counts anything. */
export function ReplayPage({ source }: Extract<Route, { page: 'replay' }>) {
  return source === null ? <RecordingChoice /> : <Replay source={source} />;
}

function Replay({ source }: { source: string }) {
  const { recorded, problem, read } = useRecorded(source);
  const mask = recorded?.run.number?.mask ?? '';
  useLayoutEffect(() => {
    if (recorded)
      document.title = [say('replay.watermark'), mask, say('app.name')].filter(Boolean).join(' · ');
  }, [recorded !== null]);
  if (recorded) return <ReplayView {...recorded} source={source} />;
  return (
    <ReplayFrame body="replay-gap">
      {problem ? (
        <>
          <ProblemNote problem={problem} />
          <p class="replay-ways">
            <button type="button" class="secondary" id="retry-replay" onClick={read}>
              {say('replay.retry')}
            </button>
            <a href={hrefOf({ page: 'replay', source: null })}>{say('replay.all')}</a>
          </p>
        </>
      ) : (
        <p role="status" class="dim">
          {say('replay.loading')}
        </p>
      )}
    </ReplayFrame>
  );
}
