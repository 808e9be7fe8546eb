import './filters.css';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { RunFilter } from '#protocol/history-api.ts';

import { ChevronIcon } from '../icons.tsx';
import { FILTER_NAMES } from '../inspector/route.ts';
import { say } from '../words.ts';
import { choicesOf, useFilterChoices } from './filter-choices.ts';
import { PillSelect } from './filter-pill.tsx';
import type { FilterName } from './filter-words.ts';
import { FiltersButton } from './filters-button.tsx';
import { historyList } from './history-list.ts';
import { MoreFilters } from './more-filters.tsx';
import { SearchField } from './search-field.tsx';

export interface Filtering {
  filter: RunFilter;
  /** An empty value takes the part away. `typed` is what changes with every letter. */
  onFilter: (changed: Partial<Record<FilterName, string>>, typed?: boolean) => void;
}

/** The search, the filters used most as pills, and days and conditions one click away. Where it is narrow, all of them are. */
export function FilterBar({ filter, onFilter }: Filtering) {
  const open = useSignal(false);
  const more = useSignal(false);
  // After the runs, which people came for.
  const choices = useFilterChoices(historyList.value.state !== 'loading');
  const set = FILTER_NAMES.filter((name) => name !== 'text' && filter[name] !== undefined).length;
  const id = useId();
  return (
    <div class="filter-bar">
      <div class="search-line">
        <SearchField text={filter.text ?? ''} onText={(text) => onFilter({ text }, true)} />
        <FiltersButton id="filters" look="toggle" set={set} open={open} controls={id} />
      </div>
      <div class={`pills ${open.value ? 'open' : ''}`} id={id}>
        {choicesOf(choices, filter).map((one) => (
          <PillSelect key={one.id} {...one} onChoose={(value) => onFilter(one.changed(value))} />
        ))}
        <button
          type="button"
          class="pill more"
          id="more-filters"
          aria-expanded={more.value}
          onClick={() => {
            more.value = !more.value;
          }}
        >
          {say('history.more')}
          <ChevronIcon />
        </button>
        {more.value ? <MoreFilters filter={filter} onFilter={onFilter} /> : null}
      </div>
    </div>
  );
}
