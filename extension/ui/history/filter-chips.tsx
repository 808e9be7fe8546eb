import './filter-chips.css';
import { NOT_STATED } from '#protocol/condition-names.ts';

import { CrossIcon } from '../icons.tsx';
import { FILTER_NAMES } from '../inspector/route.ts';
import { say } from '../words.ts';
import type { Filtering } from './filter-bar.tsx';
import { FilterCampaign } from './filter-campaign.tsx';
import { knownProfiles } from './filter-choices.ts';
import { filterLabel, filterValue } from './filter-words.ts';

/** What the list is narrowed by, each part taken away with one click. */
export function FilterChips({ filter, onFilter, onClear }: Filtering & { onClear: () => void }) {
  const set = FILTER_NAMES.flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [{ name, value: filterValue(name, value, knownProfiles()) }];
  });
  if (set.length === 0) return null;
  const { campaign = NOT_STATED } = filter;
  return (
    <>
      <ul class="set-filters">
        {set.map(({ name, value }) => (
          <li key={name}>
            <button
              type="button"
              class="set-filter"
              data-set={name}
              aria-label={say('history.remove_filter', [filterLabel(name), value])}
              onClick={() => onFilter({ [name]: '' })}
            >
              <span class="what">
                <span class="of">{filterLabel(name)}</span> {value}
              </span>
              <CrossIcon />
            </button>
          </li>
        ))}
        {set.length > 1 ? (
          <li>
            <button type="button" class="link small" id="clear-filters" onClick={onClear}>
              {say('history.clear')}
            </button>
          </li>
        ) : null}
      </ul>
      {campaign === NOT_STATED ? null : <FilterCampaign key={campaign} campaign={campaign} />}
    </>
  );
}
