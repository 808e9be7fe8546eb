import './repeat.css';
import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { PAUSES_MS, TIMES } from '../../runner/repeat.ts';
import { spellCount } from '../counts.ts';
import { MoreIcon } from '../icons.tsx';
import { ariaKeys, keyNames, useShortcut } from '../shortcuts.ts';
import { say } from '../words.ts';
import { FIRST_PAUSE_MS, type Repeat } from './repeat-choice.ts';

interface Shown {
  button: RefObject<HTMLButtonElement | null>;
  starting: boolean;
  onRepeat: (repeat: Repeat) => void;
}

/** Run, and beside it the way to run several times in a row. */
export function RunButton({ button, starting, onRepeat }: Shown) {
  const open = useSignal(false);
  useShortcut('run', button);
  return (
    <div class="run-control">
      <div class="split">
        <button
          type="submit"
          class="primary"
          id="run"
          ref={button}
          disabled={starting}
          aria-keyshortcuts={ariaKeys('run')}
          title={keyNames('run').join(' ')}
        >
          {say(starting ? 'form.starting' : 'form.run')}
        </button>
        <button
          type="button"
          class="primary more"
          id="repeat"
          aria-expanded={open.value}
          aria-controls="repeat-choice"
          title={say('repeat.open')}
          disabled={starting}
          onClick={() => {
            open.value = !open.value;
          }}
        >
          <MoreIcon />
          <span class="unseen">{say('repeat.open')}</span>
        </button>
      </div>
      <div id="repeat-choice">
        {open.value ? <RepeatChoice starting={starting} onRepeat={onRepeat} /> : null}
      </div>
    </div>
  );
}

function RepeatChoice({ starting, onRepeat }: Pick<Shown, 'starting' | 'onRepeat'>) {
  const pauseMs = useSignal<Repeat['pauseMs']>(FIRST_PAUSE_MS);
  return (
    <fieldset class="repeat-choice">
      <legend class="unseen">{say('repeat.open')}</legend>
      <span class="times">
        {TIMES.map((times) => (
          <button
            key={times}
            type="button"
            class="secondary small-control"
            id={`repeat-${times}`}
            disabled={starting}
            onClick={() => onRepeat({ times, pauseMs: pauseMs.value })}
          >
            {say('repeat.times', [spellCount(times)])}
          </button>
        ))}
      </span>
      <label class="pause-choice">
        {say('repeat.pause')}
        <select
          class="select"
          id="repeat-pause"
          value={String(pauseMs.value)}
          onChange={({ currentTarget }) => {
            pauseMs.value = PAUSES_MS.find((one) => String(one) === currentTarget.value) ?? FIRST_PAUSE_MS;
          }}
        >
          {PAUSES_MS.map((one) => (
            <option key={one} value={String(one)} selected={one === pauseMs.value}>
              {say('repeat.seconds', [spellCount(one / 1000)])}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}
