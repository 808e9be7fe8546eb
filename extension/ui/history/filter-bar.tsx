import './filters.css';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { RunFilter } from '#protocol/history-api.ts';

import { ChevronIcon, FilterIcon } from '../icons.tsx';
import { FILTER_NAMES } from '../inspector/route.ts';
import { say } from '../words.ts';
import { choicesOf, useFilterChoices } from './filter-choices.ts';
import { PillSelect } from './filter-pill.tsx';
import type { FilterName } from './filter-words.ts';
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
  const choices = useFilterChoices();
  const set = FILTER_NAMES.filter((name) => name !== 'text' && filter[name] !== undefined).length;
  const id = useId();
  return (
    <div class="filter-bar">
      <div class="search-line">
        <SearchField text={filter.text ?? ''} onText={(text) => onFilter({ text }, true)} />
        <button
          type="button"
          class={`pill toggle ${set > 0 ? 'set' : ''}`}
          id="filters"
          aria-expanded={open.value}
          aria-controls={id}
          onClick={() => {
            open.value = !open.value;
          }}
        >
          <FilterIcon />
          {say('history.filters')}
          {set > 0 ? <span class="num"> {set}</span> : null}
        </button>
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
