import './legend.css';
import { spellCount } from '../counts.ts';
import { say } from '../words.ts';
import { FAIR_FROM, GOOD_FROM, STALE_AFTER_DAYS, type Standing } from './share.ts';
import { StandingIcon } from './standing-icon.tsx';

/** What the colours, the signs and the hatching mean. */
export function Legend({ table }: { table: boolean }) {
  const [good, fair] = [GOOD_FROM, FAIR_FROM].map((share) => String(Math.round(share * 100)));
  const said: [Standing, string][] = [
    ['good', say('coverage.legend_good', [good ?? ''])],
    ['fair', say('coverage.legend_fair', [fair ?? ''])],
    ['bad', say('coverage.legend_bad', [fair ?? ''])],
    ['alarm', say('coverage.legend_alarm')],
    ['beside', say('coverage.legend_beside')],
  ];
  return (
    <ul class="legend">
      {said.map(([standing, words]) => (
        <li key={standing}>
          <span class={`swatch ${standing}`}>
            <StandingIcon standing={standing} />
          </span>
          {words}
        </li>
      ))}
      <li>
        <span class="swatch stale" />
        {say('coverage.legend_stale', [spellCount(STALE_AFTER_DAYS)])}
      </li>
      {table ? <li class="keys">{say('coverage.legend_keys')}</li> : null}
    </ul>
  );
}
