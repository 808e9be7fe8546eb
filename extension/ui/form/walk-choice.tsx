import './walk-choice.css';

import { isFirefox } from '../../runner/browser-kind.ts';
import type { Capture } from '../../runner/settings.ts';
import { say } from '../words.ts';

const WAYS: Capture[] = ['fetch', 'tab'];

interface Shown {
  chosen: Capture;
  onChoose: (capture: Capture) => void;
}

/** How the chain is walked. The background is the plain case; a tab is for chains with a page in them. */
export function WalkChoice({ chosen, onChoose }: Shown) {
  return (
    <div class="walk-choice">
      <div class="ways" role="radiogroup" aria-labelledby="walk-label">
        <span class="label" id="walk-label">
          {say('form.walk_in')}
        </span>
        {WAYS.map((way) => (
          <label key={way} class="way">
            <input
              type="radio"
              class="unseen"
              name="walk"
              id={`walk-${way}`}
              checked={chosen === way}
              onChange={() => onChoose(way)}
            />
            <span>{say(`walk.${way}`)}</span>
          </label>
        ))}
      </div>
      {chosen === 'tab' ? (
        <p class="about-choice">
          {say('form.walk_tab_what')}{' '}
          {say(isFirefox ? 'form.walk_tab_history_firefox' : 'form.walk_tab_history')}
        </p>
      ) : null}
    </div>
  );
}
