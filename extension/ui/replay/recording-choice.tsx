import './recordings.css';
import { PlayIcon } from '../icons.tsx';
import { hrefOf } from '../inspector/route.ts';
import { say } from '../words.ts';
import type { RecordingName } from './recordings.ts';
import { ReplayFrame } from './replay-frame.tsx';

/** What each recording shows, told before it is played; the sign says how it ends. */
const cards = (): { name: RecordingName; tone: string; sign: string; title: string; what: string }[] => [
  {
    name: 'match',
    tone: 'good',
    sign: '✓',
    title: say('replay.match_title'),
    what: say('replay.match_what'),
  },
  {
    name: 'no-match',
    tone: 'note',
    sign: '≠',
    title: say('replay.no_match_title'),
    what: say('replay.no_match_what'),
  },
  {
    name: 'wifi-access-denied',
    tone: 'bad',
    sign: '✕',
    title: say('replay.wifi_title'),
    what: say('replay.wifi_what'),
  },
];

/** Without a run to play: the three recordings, and the way to any other run. */
export function RecordingChoice() {
  return (
    <ReplayFrame body="recordings">
      <p class="lead">{say('replay.lead')}</p>
      <ul class="recording-cards">
        {cards().map(({ name, tone, sign, title, what }) => (
          <li key={name} class={`recording ${tone}`}>
            <span class="sign" aria-hidden="true">
              {sign}
            </span>
            <h2>
              <a href={hrefOf({ page: 'replay', source: name })} id={`play-${name}`}>
                {title}
              </a>
            </h2>
            <p>{what}</p>
            <p class="recording-foot">
              <span class="origin">{say('run.simulated')}</span>
              <span class="go" aria-hidden="true">
                <PlayIcon />
                {say('replay.play')}
              </span>
            </p>
          </li>
        ))}
      </ul>
      <p class="dim">
        {say('replay.other_runs')}{' '}
        <a href={hrefOf({ page: 'runs', runId: null, filter: {} })}>{say('replay.to_runs')}</a>
      </p>
    </ReplayFrame>
  );
}
