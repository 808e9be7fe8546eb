import type { Check } from '#protocol/check.ts';
import { checkWords, say, sayOr } from '../words.ts';
import { MaskedText } from './masked-text.tsx';

const ICONS: Record<Check['result'], string> = { passed: '✓', failed: '✕', warned: '!', not_checked: '–' };

const WORST: Check['result'][] = ['failed', 'warned', 'not_checked', 'passed'];

/** Every check of a row: icon and word, the rule it comes from, and both values where they differ. */
export function CheckList({ checks, leg }: { checks: readonly Check[]; leg: string }) {
  return (
    <ul class="checks">
      {checks.toSorted(worstFirst).map((check) => (
        <li
          key={check.name}
          id={checkId(leg, check.name)}
          class={`check ${check.result}`}
          data-check={check.name}
        >
          <span class="sign" aria-hidden="true">
            {ICONS[check.result]}
          </span>
          <span class="name">{checkWords(check.name)}</span>
          <span class="outcome">{say(`check_result.${check.result}`)}</span>
          <span class="clause">{clauseOf(check)}</span>
          {check.result === 'failed' || check.result === 'warned' ? <Difference check={check} /> : null}
        </li>
      ))}
    </ul>
  );
}

/** What did not pass is what the list is opened for. */
function worstFirst(a: Check, b: Check): number {
  return WORST.indexOf(a.result) - WORST.indexOf(b.result);
}

export function checkId(leg: string, name: string): string {
  return `check-${leg}-${name}`;
}

function clauseOf({ why, clause, name }: Check): string {
  const reason = why ? sayOr(`not_checked.${why}`, why.replaceAll('_', ' ')) : null;
  return [name, clause, reason].filter(Boolean).join(' · ');
}

function Difference({ check: { expected, actual } }: { check: Check }) {
  if (expected === null && actual === null) return null;
  return (
    <dl class="difference">
      <dt>{say('detail.expected')}</dt>
      <dd>
        <MaskedText text={expected ?? '–'} />
      </dd>
      <dt>{say('detail.actual')}</dt>
      <dd>
        <MaskedText text={actual ?? '–'} />
      </dd>
    </dl>
  );
}
