import { useLayoutEffect, useRef } from 'preact/hooks';
import { askBackground } from '../../runner/ask-background.ts';
import type { WaitForAnswer } from '../../runner/saved-run.ts';
import { HostName } from '../chain/host-name.tsx';
import { spellCount } from '../counts.ts';
import { useSecondsLeft } from '../seconds-left.ts';
import { say } from '../words.ts';

/** The chain stands before a URL with a code or an error, and nobody said whether that is where the answer goes. */
export function AnswerCard({ waitingFor: { host, parameters, until } }: { waitingFor: WaitForAnswer }) {
  const stop = useRef<HTMLButtonElement>(null);
  const left = useSecondsLeft(until);
  useLayoutEffect(() => stop.current?.focus(), []);
  const answer = (goesOn: boolean) => askBackground({ type: 'answer_inspection', goesOn });
  return (
    <section class="pause" aria-labelledby="ask-title" data-waiting="answer">
      <h2 id="ask-title">{say('inspect.ask_title')}</h2>
      <p>
        <HostName host={host} /> {say('inspect.ask_what', [parameters.join(', ')])}
      </p>
      <div class="inspect-actions">
        <button type="button" class="primary" id="stop-here" ref={stop} onClick={() => answer(false)}>
          {say('inspect.ask_stop')}
        </button>
        <button type="button" class="secondary" id="go-on" onClick={() => answer(true)}>
          {say('inspect.ask_go_on')}
        </button>
      </div>
      <p class="small num">{say('inspect.ask_left', [spellCount(left)])}</p>
    </section>
  );
}
