import { NOT_STATED } from '#protocol/condition-names.ts';
import type { CauseCode } from '#protocol/diagnosis/cause.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { RunFilter } from '#protocol/history-api.ts';
import type { Profile } from '#protocol/profile.ts';

import { valueWords } from '../conditions/condition-words.ts';
import { causeWords, failureWords, say, sayOr } from '../words.ts';
import { spellDay } from './run-times.ts';

export type FilterName = keyof RunFilter;

export function filterLabel(name: FilterName): string {
  switch (name) {
    case 'operator':
    case 'bearer':
    case 'sharing':
    case 'roaming':
    case 'vpn':
    case 'device':
    case 'place':
    case 'campaign':
      return say(`condition_label.${name}`);
    default:
      return say(`filter.${name}`);
  }
}

/** What a part of the filter is set to, as a person reads it. */
export function filterValue(name: FilterName, value: string, profiles: readonly Profile[]): string {
  switch (name) {
    case 'verdict':
      return sayOr(`verdict_word.${value}`, value);
    case 'expected':
      return sayOr(`expected.${value}`, value);
    case 'leg':
      return sayOr(`leg.${value}`, value);
    case 'origin':
      return sayOr(`origin.${value}`, value);
    case 'cause':
      return causeWords(value as CauseCode).title || value;
    case 'failure':
      return failureWords(value as FailureCode) || value;
    case 'profile':
      return profiles.find(({ id }) => id === value)?.name ?? value;
    case 'fromDay':
    case 'toDay':
      return spellDay(value);
    case 'text':
      return value;
    default:
      return value === NOT_STATED ? say('filter.not_stated') : valueWords(name, value);
  }
}
