import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { cleanStartKind } from '#protocol/clean-start-kind.ts';
import type { Run } from '#protocol/run.ts';

import { ConditionChips } from '../conditions/condition-chips.tsx';
import { CopyButton } from '../copy-button.tsx';
import { allowed } from '../key-access.ts';
import { say } from '../words.ts';
import { ForgetDialog } from './forget-dialog.tsx';

/** What was known when the run began, and the names it goes by. */
export function RunFacts({ run, onForgotten }: { run: Run; onForgotten: () => void }) {
  const forgetting = useSignal(false);
  const cleanStart = cleanStartKind(run.cleanStart);
  return (
    <>
      <dl class="run-facts" aria-label={say('record.facts')}>
        <Fact label={say('record.number')}>
          <span class="num">{run.number?.mask ?? say('history.no_number')}</span>
          {run.number && allowed().run ? (
            <button
              type="button"
              class="link small"
              id="forget-number"
              onClick={() => {
                forgetting.value = true;
              }}
            >
              {say('record.forget')}
            </button>
          ) : null}
        </Fact>
        <Fact label={say('record.profile')}>{run.profile.name}</Fact>
        {run.scenario ? <Fact label={say('record.scenario')}>{run.scenario}</Fact> : null}
        <Fact label={say('record.expectation')}>{say(`expectation.${run.expectation}`)}</Fact>
        {cleanStart ? (
          <Fact label={say('record.clean_start')}>{say(`clean_start.${cleanStart}`)}</Fact>
        ) : null}
        {Object.keys(run.conditions).length > 0 ? (
          <Fact label={say('record.conditions')}>
            <ConditionChips run={run} />
          </Fact>
        ) : null}
        <Fact label={say('record.run_id')}>
          <span class="mono">{run.id}</span>
          <CopyButton label={say('record.copy_id')} text={() => run.id} />
        </Fact>
        <Fact label={say('summary.correlation_id')}>
          <span class="mono">{run.correlationId}</span>
          <CopyButton label={say('record.copy_id')} text={() => run.correlationId} />
        </Fact>
      </dl>
      {forgetting.value && run.number ? (
        <ForgetDialog
          mask={run.number.mask}
          country={run.number.country ?? run.profile.country}
          onForgotten={onForgotten}
          onClose={() => {
            forgetting.value = false;
          }}
        />
      ) : null}
    </>
  );
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
