import './replay-controls.css';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { spellCount } from '../counts.ts';
import { AgainIcon, EndIcon, PauseIcon, PlayIcon } from '../icons.tsx';
import { say } from '../words.ts';
import { type ReplayClock, SPEEDS } from './replay-clock.ts';
import { longWaits, sliderStep, spellSeconds } from './replay-time.ts';

interface Shown {
  clock: ReplayClock;
  moments: readonly number[];
}

/** Play, pause, from the beginning, any moment, the end, and how fast. */
export function ReplayControls({ clock, moments }: Shown) {
  const play = useRef<HTMLButtonElement>(null);
  // Space and Enter play and pause from the start, as on any player.
  useLayoutEffect(() => play.current?.focus({ preventScroll: true }), []);
  const words = say(clock.playing ? 'replay.pause' : clock.over ? 'replay.again' : 'replay.play');
  return (
    <footer class="foot replay-controls">
      <Scrubber clock={clock} />
      <button
        type="button"
        class="icon-button"
        id="restart"
        title={say('replay.restart')}
        onClick={clock.restart}
      >
        <AgainIcon />
        <span class="unseen">{say('replay.restart')}</span>
      </button>
      <button type="button" class="text-button strong" id="play" ref={play} onClick={clock.toggle}>
        {clock.playing ? <PauseIcon /> : <PlayIcon />}
        <span class="play-word">{words}</span>
      </button>
      <button
        type="button"
        class="icon-button"
        id="jump-to-end"
        title={say('replay.to_end')}
        aria-disabled={clock.over}
        onClick={() => clock.seek(clock.endMs)}
      >
        <EndIcon />
        <span class="unseen">{say('replay.to_end')}</span>
      </button>
      <SpeedChoice clock={clock} />
      {longWaits(moments).length > 0 ? (
        <label class="skip-waits">
          <input
            type="checkbox"
            id="skip-waits"
            checked={clock.skipWaits}
            onChange={(event) => clock.setSkipWaits(event.currentTarget.checked)}
          />
          {say('replay.skip_waits')}
        </label>
      ) : null}
    </footer>
  );
}

function Scrubber({ clock: { ms, endMs, seek } }: { clock: ReplayClock }) {
  const step = sliderStep(endMs);
  const max = Math.ceil(endMs / step) * step;
  const words = say('replay.time', [spellSeconds(ms), spellSeconds(endMs)]);
  return (
    <div class="scrubber">
      <input
        type="range"
        id="scrub"
        aria-label={say('replay.position')}
        aria-valuetext={words}
        min={0}
        max={max}
        step={step}
        value={ms >= endMs ? max : ms}
        style={{ '--done': `${endMs > 0 ? (ms / endMs) * 100 : 100}%` }}
        onInput={(event) => seek(event.currentTarget.valueAsNumber)}
      />
      <span class="num small" id="replay-time">
        {words}
      </span>
    </div>
  );
}

function SpeedChoice({ clock: { speed, setSpeed } }: { clock: ReplayClock }) {
  return (
    <fieldset class="speeds" aria-label={say('replay.speed')}>
      {SPEEDS.map((one) => (
        <button
          key={one}
          type="button"
          id={`speed-${one}`}
          aria-pressed={speed === one}
          onClick={() => setSpeed(one)}
        >
          {say('replay.times', [spellCount(one)])}
        </button>
      ))}
    </fieldset>
  );
}
