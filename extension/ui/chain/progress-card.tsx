import type { SavedRun } from '../../runner/saved-run.ts';
import { spellCount } from '../counts.ts';
import { say } from '../words.ts';

/** While the run goes on, the place of the verdict says what is being waited for and for how long. */
export function ProgressCard({ saved, elapsedMs }: { saved: SavedRun; elapsedMs: number }) {
  const limit = saved.run.profile.limits.chainMs;
  const walking = saved.stage === 'walking';
  const spent = (elapsedMs / 1000).toFixed(2);
  return (
    <section class="progress" data-stage={saved.stage}>
      <p>
        <b>{wordsOf(saved)}</b>
        <span class="dim num" id="elapsed">
          {walking ? say('run.elapsed', [spent, spellCount(limit / 1000)]) : say('run.elapsed_open', [spent])}
        </span>
      </p>
      <span class="meter" aria-hidden="true">
        <i style={{ width: `${walking ? Math.min(100, (elapsedMs / limit) * 100) : 100}%` }} />
      </span>
    </section>
  );
}

function wordsOf({ stage, run, liveHop }: SavedRun): string {
  if (stage === 'walking') {
    return liveHop ? say('run.hop_live', [spellCount(liveHop.index)]) : say('run.walking');
  }
  if (run.phase === 'redeeming') return say('run.redeeming');
  return run.phase === 'verifying' ? say('run.verifying') : say('run.handing_over');
}
