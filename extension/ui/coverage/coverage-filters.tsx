import './coverage-filters.css';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';

import type { Filtering } from '../history/filter-bar.tsx';
import { FilterChips } from '../history/filter-chips.tsx';
import { choicesOf, useFilterChoices } from '../history/filter-choices.ts';
import { PillSelect } from '../history/filter-pill.tsx';
import { FiltersButton } from '../history/filters-button.tsx';
import { type KnownValues, MoreFilters } from '../history/more-filters.tsx';
import type { Question } from './cell-link.ts';
import { DimensionPills } from './dimension-pills.tsx';
import { QuickDays } from './quick-days.tsx';

interface Shown {
  question: Question;
  now: number;
  /** Values to choose from that the matrix shows. */
  known: KnownValues;
  onMatrix: (chosen: Pick<Question, 'rows' | 'columns'>) => void;
  onFilter: Filtering['onFilter'];
  onClear: () => void;
}

/** What the matrix is made of, and of which runs. */
export function CoverageFilters({ question, now, known, onMatrix, onFilter, onClear }: Shown) {
  const { filter } = question;
  const open = useSignal(false);
  const choices = useFilterChoices();
  const profile = choicesOf(choices, filter).find(({ id }) => id === 'profile');
  const set = Object.keys(filter).length;
  const id = useId();
  return (
    <div class="coverage-filters">
      <div class="pill-line">
        <DimensionPills rows={question.rows} columns={question.columns} onChoose={onMatrix} />
        <QuickDays filter={filter} now={now} onDays={onFilter} />
        {profile ? <PillSelect {...profile} onChoose={(value) => onFilter(profile.changed(value))} /> : null}
        <FiltersButton id="more-filters" set={set} open={open} controls={id} />
      </div>
      <div id={id} hidden={!open.value}>
        {open.value ? <MoreFilters filter={filter} onFilter={onFilter} known={known} /> : null}
      </div>
      <FilterChips filter={filter} onFilter={onFilter} onClear={onClear} />
    </div>
  );
}
