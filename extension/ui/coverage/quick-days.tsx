import type { CoverageFilter } from '#protocol/coverage-api.ts';

import { say } from '../words.ts';
import { firstDay, QUICK_DAYS, quickOf } from './day-choice.ts';

interface Shown {
  filter: CoverageFilter;
  now: number;
  onDays: (days: { fromDay: string; toDay: string }) => void;
}

/** How far back, as the testers' calendars count days. */
export function QuickDays({ filter, now, onDays }: Shown) {
  const today = new Date(now);
  const chosen = quickOf(filter, today);
  return (
    <fieldset class="quick-days">
      <legend class="unseen">{say('coverage.days')}</legend>
      {([...QUICK_DAYS, 'all'] as const).map((days) => (
        <button
          key={days}
          type="button"
          data-days={days}
          aria-pressed={days === chosen}
          onClick={() => onDays({ fromDay: days === 'all' ? '' : firstDay(days, today), toDay: '' })}
        >
          {say(`coverage.days_${days}`)}
        </button>
      ))}
    </fieldset>
  );
}
