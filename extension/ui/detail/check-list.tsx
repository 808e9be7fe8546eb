import type { Check } from '#protocol/check.ts';
import { checkWords, say, sayOr } from '../words.ts';
import { MaskedText } from './masked-text.tsx';
import { openRow } from './open-row.ts';

const ICONS: Record<Check['result'], string> = { passed: '✓', failed: '✕', warned: '!', not_checked: '–' };

const WORST: Check['result'][] = ['failed', 'warned', 'not_checked', 'passed'];

/** Every check of a row: icon and word, the rule it comes from, and both values where they differ. */
export function CheckList({ checks, leg }: { checks: readonly Check[]; leg: string }) {
  return (
    <ul class="checks">
      {checks.toSorted(worstFirst).map((check) => (
        <CheckLine key={check.name} check={check} id={checkId(leg, check.name)} />
      ))}
    </ul>
  );
}

function CheckLine({ check, id }: { check: Check; id: string }) {
  const pointed = openRow.value?.check === id;
  return (
    <li
      id={id}
      class={`check ${check.result} ${pointed ? 'pointed' : ''}`}
      data-check={check.name}
      // Evidence leads here, and a keyboard goes on from here.
      tabIndex={-1}
    >
      <span class="sign" aria-hidden="true">
        {ICONS[check.result]}
      </span>
      <span class="name">{checkWords(check.name)}</span>
      <span class="outcome">{say(`check_result.${check.result}`)}</span>
      {check.why ? <span class="why">{sayOr(`not_checked.${check.why}`, spelled(check.why))}</span> : null}
      <span class="clause">{[check.name, check.clause].filter(Boolean).join(' · ')}</span>
      <Values check={check} />
    </li>
  );
}

/** What did not pass is what the list is opened for. */
function worstFirst(a: Check, b: Check): number {
  return WORST.indexOf(a.result) - WORST.indexOf(b.result);
}

export function checkId(leg: string, name: string): string {
  return `check-${leg}-${name}`;
}

function spelled(name: string): string {
  return name.replaceAll('_', ' ');
}

/** Both values where they tell something; what passed shows what was seen, quietly. */
function Values({ check: { result, expected, actual } }: { check: Check }) {
  if (result === 'failed' || result === 'warned') {
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
  return actual === null || result !== 'passed' ? null : (
    <span class="actual">
      <MaskedText text={actual} />
    </span>
  );
}
