import type { CoverageDimension } from '#protocol/coverage-api.ts';

import { knownProfiles } from '../history/filter-choices.ts';
import { filterLabel, filterValue } from '../history/filter-words.ts';
import { spellDay } from '../history/run-times.ts';
import { say } from '../words.ts';
import type { Value } from './matrix.ts';

export function dimensionWords(dimension: CoverageDimension): string {
  return dimension === 'day' ? say('coverage.day') : filterLabel(dimension);
}

/** A value as the filter's chips say it; a profile by its name, as long as the backend has it. A day that is none stands as it is. */
export function valueName(dimension: CoverageDimension, value: Value): string {
  if (value === null) return say('filter.not_stated');
  if (dimension !== 'day') return filterValue(dimension, value, knownProfiles());
  return Number.isNaN(Date.parse(`${value}T00:00Z`)) ? value : spellDay(value);
}
