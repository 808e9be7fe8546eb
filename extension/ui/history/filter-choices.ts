import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RunFilter } from '#protocol/history-api.ts';
import type { Profile } from '#protocol/profile.ts';

import { askBackground } from '../../runner/ask-background.ts';
import type { ReplyValues } from '../../runner/replies.ts';
import { askProfiles, backend } from '../backend-watch.ts';
import { causeWords, failureWords, say } from '../words.ts';
import { type FilterName, filterLabel, filterValue } from './filter-words.ts';

interface Option {
  value: string;
  label: string;
}

/** One pill: what it is called, what it is set to, what it can be set to. */
export interface Choices {
  id: string;
  label: string;
  value: string;
  groups: { label: string | null; options: Option[] }[];
  /** What choosing a value changes of the filter. */
  changed: (value: string) => Partial<Record<FilterName, string>>;
}

const VERDICTS = ['match', 'no_match', 'failed', 'interrupted', 'cancelled', 'unknown'];
const EXPECTED = ['as_expected', 'not_as_expected', 'inconclusive'];
const LEGS = ['authorize', 'token', 'premiuminfo'];
const ORIGINS = ['live', 'simulated', 'imported', 'replayed'];

export interface Known {
  codes: ReplyValues['filter_choices'];
  profiles: Profile[];
}

/** The lists to choose from, asked for once, when it is time; until they are here, and without a backend, they are empty. */
export function useFilterChoices(isTime = true): Known {
  const codes = useSignal<Known['codes']>({ causes: [], failures: [] });
  useEffect(() => {
    if (!isTime || codes.peek().causes.length > 0) return;
    if (backend.value.state !== 'ok') askProfiles();
    askBackground({ type: 'filter_choices' }).then((reply) => {
      if (reply.ok) codes.value = reply.value;
    });
  }, [isTime]);
  return { codes: codes.value, profiles: knownProfiles() };
}

export function knownProfiles(): Profile[] {
  return backend.value.state === 'ok' ? backend.value.profiles : [];
}

/** The pills in the order in which people narrow down: how it ended, whether that was right, why, where. */
export function choicesOf({ codes, profiles }: Known, filter: RunFilter): Choices[] {
  const plain = (name: 'verdict' | 'expected' | 'leg' | 'origin', values: string[]) => ({
    ...one(name, filter),
    groups: [{ label: null, options: values.map((value) => option(name, value)) }],
  });
  return [
    plain('verdict', VERDICTS),
    plain('expected', EXPECTED),
    {
      id: 'why',
      label: filterLabel('cause'),
      value: filter.cause ? `cause ${filter.cause}` : filter.failure ? `failure ${filter.failure}` : '',
      groups: [
        {
          label: filterLabel('cause'),
          options: byLabel(
            codes.causes.map((code) => ({ value: `cause ${code}`, label: causeWords(code).title })),
          ),
        },
        {
          label: filterLabel('failure'),
          options: byLabel(
            codes.failures.map((code) => ({ value: `failure ${code}`, label: failureWords(code) })),
          ),
        },
      ],
      // A cause and what was seen are one question here; a link may ask for both.
      changed: (value) => {
        const [name = '', code = ''] = value.split(' ');
        return { cause: '', failure: '', [name || 'cause']: code };
      },
    },
    plain('leg', LEGS),
    {
      ...one('profile', filter),
      groups: [{ label: null, options: profileOptions(profiles, filter.profile) }],
    },
    plain('origin', ORIGINS),
  ];
}

function one(name: FilterName, filter: RunFilter) {
  const changed = (value: string) => ({ [name]: value });
  return { id: name, label: filterLabel(name), value: filter[name] ?? '', changed };
}

function option(name: FilterName, value: string): Option {
  return { value, label: filterValue(name, value, []) };
}

/** Also a profile that is gone, or was never here: its runs are. */
function profileOptions(profiles: Profile[], chosen: string | undefined): Option[] {
  const known = profiles.map(({ id, name }) => ({ value: id, label: name }));
  return chosen === undefined || known.some(({ value }) => value === chosen)
    ? known
    : [...known, { value: chosen, label: chosen }];
}

function byLabel(options: Option[]): Option[] {
  const { compare } = new Intl.Collator(say('language'));
  return options.toSorted((a, b) => compare(a.label, b.label));
}
