import './repeat.css';
import { countRuns, type Series } from '../../runner/repeat.ts';
import { spellCount } from '../counts.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';
import { SeriesList } from './series-list.tsx';
import { series } from './series-watch.ts';

/** How a series of runs stands; once it is over, run by run. */
export function SeriesCard() {
  const now = series.value;
  if (!now) return null;
  return (
    <section class="series" aria-labelledby="series-title" data-series={now.end ?? 'running'}>
      <h2 id="series-title" class="num">
        {titleOf(now)}
      </h2>
      <SeriesBar series={now} />
      <Count series={now} />
      {now.problem ? <ProblemNote problem={now.problem} /> : null}
      {now.end ? <SeriesList runs={now.runs} /> : null}
    </section>
  );
}

/** "Run 3 of 10" while it goes on, how it ended after that. */
function titleOf({ runs, times, current, stopping, end }: Series): string {
  const made = String(runs.length);
  const of = String(times);
  if (end) return say(`series.${end}`, [made, of]);
  if (stopping) return say('series.stopping');
  if (current) return say('series.running', [spellCount(runs.length + 1), of]);
  return say('series.pausing', [made, of]);
}

function Count({ series: now }: { series: Series }) {
  const count = countRuns(now);
  return (
    <p class="count num" aria-live="polite" id="series-count">
      <b>
        {say('series.as_expected', [
          String(count.as_expected),
          String(now.end ? now.runs.length : now.times),
        ])}
      </b>
      {count.not_as_expected > 0 ? (
        <span>{say('series.not_as_expected', [spellCount(count.not_as_expected)])}</span>
      ) : null}
      <span>{say('series.inconclusive', [spellCount(count.inconclusive)])}</span>
    </p>
  );
}

/** One mark a run, in the order in which they were made; the words below say the same. */
function SeriesBar({ series: { runs, times, current } }: { series: Series }) {
  const left = Array.from({ length: times - runs.length }, (_, at) => at);
  return (
    <div class="series-bar" aria-hidden="true">
      {runs.map(({ id, expected }) => (
        <i key={id} class={expected} />
      ))}
      {left.map((at) => (
        <i key={at} class={current && at === 0 ? 'current' : undefined} />
      ))}
    </div>
  );
}
