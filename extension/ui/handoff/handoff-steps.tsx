import './handoff-steps.css';

import type { Run } from '#protocol/run.ts';

import { HANDOFF_STEPS, stepOf } from '../../runner/handoff-step.ts';
import { say } from '../words.ts';

const SIGNS = { done: '✓', now: '●', next: '' };

/** How far the phone and the backend are. Said once as it changes, by the sentence of the step. */
export function HandoffSteps({ run }: { run: Run }) {
  const step = stepOf(run);
  const at = HANDOFF_STEPS.indexOf(step);
  return (
    <>
      <ol class="handoff-steps" aria-label={say('handoff.steps')}>
        {HANDOFF_STEPS.map((name, index) => {
          const state = index < at ? 'done' : index === at ? 'now' : 'next';
          return (
            <li
              key={name}
              class={state}
              data-step={name}
              data-state={state}
              aria-current={state === 'now' ? 'step' : undefined}
            >
              <span class="sign" aria-hidden="true">
                {SIGNS[state]}
              </span>
              <span>{say(`handoff_step.${name}`)}</span>
            </li>
          );
        })}
      </ol>
      <p class="unseen" aria-live="polite" id="handoff-told">
        {say(`handoff_step.${step}`)}
      </p>
    </>
  );
}
