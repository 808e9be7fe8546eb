import type { Run } from '#protocol/run.ts';

import { originsOf } from '../history/origins.ts';
import { momentOf, utcOf } from '../history/run-times.ts';
import { ReplayIcon } from '../icons.tsx';
import { hrefOf } from '../inspector/route.ts';
import { PresentSwitch } from '../present-switch.tsx';
import { say } from '../words.ts';
import { isRecording } from './recordings.ts';

interface Shown {
  run: Run;
  imported: boolean;
  source: string;
}

/** What is played, and over it, wherever one has scrolled to, that it is a replay, of when, and of what. */
export function ReplayHead({ run, imported, source }: Shown) {
  const own = isRecording(source);
  const origins = originsOf(run, imported);
  return (
    <header class="replay-top">
      <div class="bar">
        <h1>{run.number?.mask ?? say('replay.title')}</h1>
        <span class="dim small profile-name">{run.profile.name}</span>
        <span class="grow" />
        <a
          class="text-button"
          id="leave-replay"
          href={hrefOf(own ? { page: 'replay', source: null } : { page: 'runs', runId: run.id, filter: {} })}
        >
          {say(own ? 'replay.all' : 'replay.to_run')}
        </a>
        <PresentSwitch />
      </div>
      <p class="replay-mark" id="replay-mark">
        <ReplayIcon />
        <b>{say('replay.watermark')}</b>
        {origins.map((origin) => (
          <span key={origin} class="origin">
            {say(`run.${origin}`)}
          </span>
        ))}
        <span class="when num" title={utcOf(run)}>
          {say('replay.recorded', [momentOf(run)])}
        </span>
      </p>
      <div class="watermark" aria-hidden="true" data-words={say('replay.watermark')} />
    </header>
  );
}
