import './conditions.css';
import type { Condition, Run } from '#protocol/run.ts';

import { say } from '../words.ts';
import { spanWords, TOLD, valueWords } from './condition-words.ts';

/** What a run was made under; who said so, and how long before the run, is in each chip's title and read out. */
export function ConditionChips({ run }: { run: Run }) {
  const { conditions } = run;
  const single = TOLD.flatMap((name) => {
    const condition = conditions[name];
    return condition ? [{ condition, words: valueWords(name, condition.value) }] : [];
  });
  const tags = (conditions.tags ?? []).map((condition) => ({ condition, words: condition.value }));
  const told = [...single, ...tags];
  if (told.length === 0) return null;
  return (
    <ul class="chips run-conditions" aria-label={say('conditions.label')}>
      {told.map(({ condition, words }, at) => {
        const basis = basisWords(condition, run.startedAt);
        return (
          <li key={at} class={`chip soft ${condition.basis}`} title={basis}>
            {words}
            <span class="unseen"> ({basis})</span>
          </li>
        );
      })}
    </ul>
  );
}

function basisWords({ basis, at }: Condition, startedAt: number): string {
  if (basis === 'observed') return say('conditions.observed');
  const span = spanWords(startedAt - at);
  return span ? say('conditions.stated_before', [span]) : say('conditions.stated');
}
