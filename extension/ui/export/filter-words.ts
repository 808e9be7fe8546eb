import type { RunFilter } from '#protocol/history-api.ts';

import { knownProfiles } from '../history/filter-choices.ts';
import { filterLabel, filterValue } from '../history/filter-words.ts';
import { FILTER_NAMES } from '../inspector/route.ts';

/** A filter in one line, as its chips say it. */
export function filterWords(filter: RunFilter): string {
  return FILTER_NAMES.flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [`${filterLabel(name)}: ${filterValue(name, value, knownProfiles())}`];
  }).join('; ');
}
