import { askBackground } from '../../runner/ask-background.ts';
import { actionProblem } from '../run-actions.ts';
import { say } from '../words.ts';
import { series } from './series-watch.ts';

/** No further run; the one under way goes to its verdict. */
export function StopSeries() {
  const stop = async () => {
    const reply = await askBackground({ type: 'stop_repeat' });
    actionProblem.value = reply.ok ? null : reply.problem;
  };
  const stopping = series.value?.stopping === true;
  return (
    <button
      type="button"
      class="text-button strong last"
      id="stop-series"
      // Not disabled: the focus would be lost.
      aria-disabled={stopping}
      onClick={stop}
    >
      {say(stopping ? 'series.stopping_short' : 'series.stop')}
    </button>
  );
}
