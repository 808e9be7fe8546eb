import type {
  Comparison,
  HopDifference,
  LegDifference,
  OutcomeDifference,
  SettingDifference,
} from '#protocol/compare/comparison.ts';
import type { CauseCode } from '#protocol/diagnosis/cause.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';
import { type ConditionName, valueWords } from '../conditions/condition-words.ts';
import { spellMs } from '../counts.ts';
import { causeWords, checkWords, failureWords, say, sayOr } from '../words.ts';

export type AnyDifference =
  | SettingDifference
  | HopDifference
  | LegDifference
  | OutcomeDifference
  | Comparison['chainEnd'][number];

/** What is not the same. */
export function labelOf({ what, name }: Pick<AnyDifference, 'what' | 'name'>): string {
  switch (what) {
    case 'condition':
      return conditionLabel(name);
    case 'condition_basis':
      return say('compare.said_by', [conditionLabel(name)]);
    case 'request_header':
    case 'header':
      return say('compare.header', [name ?? '']);
    case 'check':
      return checkWords(name ?? '');
    case 'exchange_status':
    case 'exchange_error':
      return say(`compare_what.${what}`, [name ?? '']);
    default:
      return say(`compare_what.${what}`);
  }
}

/** A value of it as a person reads it; what is a name or a code of a machine stands as it was recorded. */
export function valueIn({ what, name }: Pick<AnyDifference, 'what' | 'name'>, value: string): string {
  switch (what) {
    case 'condition':
      return name === 'tag' ? value : valueWords(name as ConditionName, value);
    case 'condition_basis':
      return sayOr(`conditions.${value}`, value);
    case 'capture':
      return sayOr(`capture.${value}`, value);
    case 'clean_start':
      return sayOr(`clean_start.${value}`, value);
    case 'origin':
      return sayOr(`origin.${value}`, value);
    case 'expectation':
      return sayOr(`expectation.${value}`, value);
    case 'address_family':
      return value.replaceAll('v', 'IPv');
    case 'role':
      return sayOr(`role.${value}`, value);
    case 'error':
      return sayOr(`net_error.${value}`, value);
    case 'notes':
      return listed(value, ', ', 'note');
    case 'page':
      return listed(value, ' ', 'page_sign');
    case 'duration':
      return spellMs(Number(value));
    case 'kind':
      return sayOr(`chain_end.${value}`, value);
    case 'outcome':
      return sayOr(`leg_outcome.${value}`, value);
    case 'check':
      return resultWords(value);
    case 'verdict':
      return sayOr(`verdict_word.${value}`, value);
    case 'failure':
      return failureWords(value as FailureCode) || value;
    case 'cause':
      return causeWords(value as CauseCode).title || value;
    case 'owner':
      return sayOr(`owner.${value}`, value);
    case 'hash_doctor':
      return doctorWords(value);
    default:
      return value;
  }
}

/** Not a word of ours: it is shown as it was recorded, in the type of machines. */
export function isRecorded({ what }: Pick<AnyDifference, 'what'>): boolean {
  return RECORDED.has(what);
}

const RECORDED = new Set<AnyDifference['what']>([
  'cookies_sent',
  'cookies_set',
  'exchange_error',
  'exchange_status',
  'exchanges',
  'header',
  'host',
  'location_host',
  'profile',
  'request_header',
  'scenario',
  'scheme',
  'status',
]);

function conditionLabel(name: string | null): string {
  if (name === 'tag') return say('compare.tags');
  return name === 'browser' ? say('filter.browser') : sayOr(`condition_label.${name}`, name ?? '');
}

/** Each part that has words of ours in them, the rest as it is. */
function listed(value: string, separator: string, group: 'note' | 'page_sign'): string {
  return value
    .split(separator)
    .map((part) => (/^[a-z_]+$/.test(part) ? sayOr(`${group}.${part}`, part) : part))
    .join(group === 'note' ? ', ' : ' · ');
}

/** `not_checked (no_jwks_configured)`. */
function resultWords(value: string): string {
  const [, result = value, why] = /^([a-z_]+)(?: \((.*)\))?$/s.exec(value) ?? [];
  const words = sayOr(`check_result.${result}`, result);
  return why ? `${words} (${sayOr(`not_checked.${why}`, why.replaceAll('_', ' '))})` : words;
}

/** `plain true`, as the hash doctor's form and answer. */
function doctorWords(value: string): string {
  const [form = '', answer = ''] = value.split(' ');
  const said =
    answer === 'null' ? say('compare.unanswered') : say(`no_yes.${answer === 'true' ? 'yes' : 'no'}`);
  return `${sayOr(`doctor_form.${form}`, form)}: ${said}`;
}
