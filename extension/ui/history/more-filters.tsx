import './more-filters.css';
import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { NOT_STATED } from '#protocol/condition-names.ts';

import { BEARERS, NO_YES, SHARINGS } from '../../runner/conditions.ts';
import { type ConditionName, TOLD } from '../conditions/condition-words.ts';
import { say } from '../words.ts';
import type { Filtering } from './filter-bar.tsx';
import { filterLabel, filterValue } from './filter-words.ts';
import { historyList } from './history-list.ts';

/** Conditions that are chosen from a list; all others a person wrote in words of their own. */
const LISTED: Partial<Record<ConditionName, readonly string[]>> = {
  bearer: BEARERS,
  sharing: SHARINGS,
  roaming: NO_YES,
  vpn: NO_YES,
};

/** Values of a condition to choose from. */
export type KnownValues = (name: ConditionName) => string[];

/** The days, and under which circumstances. */
export function MoreFilters({ filter, onFilter, known = valuesOf }: Filtering & { known?: KnownValues }) {
  return (
    <div class="more-filters">
      <DayField name="fromDay" day={filter.fromDay} max={filter.toDay} onFilter={onFilter} />
      <DayField name="toDay" day={filter.toDay} min={filter.fromDay} onFilter={onFilter} />
      {TOLD.map((name) => {
        const shown = { name, value: filter[name] ?? '', onFilter };
        const listed = LISTED[name];
        return listed ? (
          <ListedField key={name} {...shown} values={listed} />
        ) : (
          <WrittenField key={name} {...shown} known={sorted(known(name))} />
        );
      })}
    </div>
  );
}

interface Field {
  name: ConditionName;
  value: string;
  onFilter: Filtering['onFilter'];
}

function ListedField({ name, value, values, onFilter }: Field & { values: readonly string[] }) {
  const offered = [...values, NOT_STATED];
  const options = value === '' || offered.includes(value) ? offered : [...offered, value];
  return (
    <div class="more-filter">
      <label for={`filter-${name}`}>{filterLabel(name)}</label>
      <select
        id={`filter-${name}`}
        class={value ? 'set' : ''}
        value={value}
        onChange={(event) => onFilter({ [name]: event.currentTarget.value })}
      >
        <option value="">{say('history.any')}</option>
        {options.map((one) => (
          <option key={one} value={one} selected={one === value}>
            {filterValue(name, one, [])}
          </option>
        ))}
      </select>
    </div>
  );
}

function WrittenField({ name, value, known, onFilter }: Field & { known: string[] }) {
  const id = `filter-${name}`;
  const notStated = value === NOT_STATED;
  return (
    <div class="more-filter">
      <label for={id}>{filterLabel(name)}</label>
      <input
        id={id}
        class={value ? 'set' : ''}
        list={`${id}-known`}
        autocomplete="off"
        maxLength={120}
        placeholder={say(notStated ? 'filter.not_stated' : 'history.any')}
        value={notStated ? '' : value}
        onChange={(event) => onFilter({ [name]: event.currentTarget.value.trim() })}
      />
      <datalist id={`${id}-known`}>
        {known.map((one) => (
          <option key={one} value={one} />
        ))}
        <option value={NOT_STATED}>{say('filter.not_stated')}</option>
      </datalist>
    </div>
  );
}

interface Day {
  name: 'fromDay' | 'toDay';
  day: string | undefined;
  min?: string | undefined;
  max?: string | undefined;
  onFilter: Filtering['onFilter'];
}

function DayField({ name, day = '', min, max, onFilter }: Day) {
  const typed = useSignal(day);
  // Taken away elsewhere, as by its chip.
  useLayoutEffect(() => {
    typed.value = day;
  }, [day]);
  return (
    <div class="more-filter">
      <label for={`filter-${name}`}>{filterLabel(name)}</label>
      <input
        type="date"
        id={`filter-${name}`}
        class={day ? 'set' : ''}
        value={typed.value}
        min={min}
        max={max}
        onChange={(event) => {
          typed.value = event.currentTarget.value;
          onFilter({ [name]: typed.value });
        }}
      />
    </div>
  );
}

/** Of the runs in the list. */
function valuesOf(name: ConditionName): string[] {
  const runs = historyList.value.pages.flatMap(({ rows }) => rows ?? []);
  return runs.flatMap(({ conditions }) => conditions[name] ?? []);
}

function sorted(values: string[]): string[] {
  return [...new Set(values)].sort();
}
