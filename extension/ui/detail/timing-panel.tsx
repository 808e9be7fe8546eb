import { barOf } from '../chain/time-axis.ts';
import { TimeBar } from '../chain/time-bar.tsx';
import { spellMs } from '../counts.ts';
import { say } from '../words.ts';
import { PairList } from './pair-list.tsx';

interface Timing {
  startedAtMs: number | null;
  durationMs: number | null;
  axisMs: number;
}

export function TimingPanel({ startedAtMs, durationMs, axisMs }: Timing) {
  if (startedAtMs === null) return <p class="dim">{say('detail.not_yet')}</p>;
  const started = say('detail.ms_after', [spellMs(startedAtMs)]);
  const pairs = [{ name: say('detail.started'), value: started }];
  if (durationMs !== null) {
    const share = `${Math.round((durationMs / axisMs) * 100)} %`;
    pairs.push(
      { name: say('detail.took'), value: spellMs(durationMs) },
      { name: say('detail.ended'), value: say('detail.ms_after', [spellMs(startedAtMs + durationMs)]) },
      { name: say('detail.share'), value: share },
    );
  }
  return (
    <>
      <TimeBar bar={barOf(startedAtMs, durationMs ?? 0, axisMs)} />
      <PairList pairs={pairs} />
    </>
  );
}
