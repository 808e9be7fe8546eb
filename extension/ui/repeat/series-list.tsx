import type { SeriesRun } from '../../runner/repeat.ts';
import { spellMs } from '../counts.ts';
import { say } from '../words.ts';

const SIGNS = { as_expected: '✓', not_as_expected: '✕', inconclusive: '–' };

/** Every run of a series with its verdict, which leads to its record; whether it was expected is in the sign and in words. */
export function SeriesList({ runs }: { runs: SeriesRun[] }) {
  return (
    <ol class="series-list">
      {runs.map(({ id, verdict, expected, durationMs }, at) => (
        <li key={id} class={expected} data-run={id} title={id}>
          <span class="nth" aria-hidden="true">
            {at + 1}
          </span>
          <span class="sign" aria-hidden="true">
            {SIGNS[expected]}
          </span>
          <span>
            {/* A tab of its own: a popup cannot hold both. */}
            <a href={hrefOf(id)} target="_blank" rel="noopener">
              {verdict ? say(`verdict_word.${verdict}`) : say('series.not_known')}
            </a>
            <span class="unseen">, {say(`expected.${expected}`)}</span>
          </span>
          <span class="ms">{durationMs === null ? '' : spellMs(durationMs)}</span>
        </li>
      ))}
    </ol>
  );
}

function hrefOf(runId: string): string {
  return `/inspector.html#/runs/${runId}`;
}
