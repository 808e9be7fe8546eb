import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import { askBackground } from '../../runner/ask-background.ts';
import type { Handoff } from '../../runner/handoff.ts';
import { stepOf } from '../../runner/handoff-step.ts';
import type { Problem } from '../../runner/messages.ts';
import { ConditionChips } from '../conditions/condition-chips.tsx';
import { PhoneIcon } from '../icons.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { holdWatchPort } from '../watch-port.ts';
import { say } from '../words.ts';
import { HandoffSteps } from './handoff-steps.tsx';
import { LinkCard } from './link-card.tsx';

/** From the link to the verdict: what the phone is shown, how far it is, and the way to call it off. */
export function HandoffLive({ handoff }: { handoff: Handoff }) {
  useEffect(holdWatchPort, []);
  const { run, trouble } = handoff;
  const place = useRef<HTMLElement>(null);
  // The form with its button is gone: who uses a keyboard is here now.
  useLayoutEffect(() => place.current?.focus({ preventScroll: true }), []);
  const waits = stepOf(run) === 'link';
  return (
    <section
      class="body handoff-live"
      data-step={stepOf(run)}
      ref={place}
      tabIndex={-1}
      aria-labelledby="handoff-now"
    >
      <div class="handoff-code">{waits ? <LinkCard handoff={handoff} /> : <Opened />}</div>
      <div class="handoff-told">
        <h2 id="handoff-now" class="handoff-number">
          <span class="num">{run.number?.mask}</span> <span class="dim small">{run.profile.name}</span>
          {run.origin === 'simulated' ? <span class="origin">{say('run.simulated')}</span> : null}
        </h2>
        <ConditionChips run={run} />
        <HandoffSteps run={run} />
        {trouble ? (
          <div class="banner" data-trouble={trouble.code}>
            <h2>{say('handoff.trouble')}</h2>
            <ProblemNote problem={trouble} />
          </div>
        ) : null}
        <p class="small dim">{say('handoff.checked')}</p>
        <p class="small dim">{say('handoff.hops_unseen')}</p>
        <CancelHandoff gone={trouble !== null} />
      </div>
    </section>
  );
}

/** As large as the code that stood there: nothing beside it moves. */
function Opened() {
  return (
    <div class="opened">
      <PhoneIcon />
      <p>{say('handoff.opened')}</p>
    </div>
  );
}

function CancelHandoff({ gone }: { gone: boolean }) {
  const problem = useSignal<Problem | null>(null);
  const asking = useSignal(false);
  const ask = async (type: 'cancel_handoff' | 'dismiss_handoff') => {
    if (asking.value) return;
    asking.value = true;
    const reply = await askBackground({ type });
    asking.value = false;
    problem.value = reply.ok ? null : reply.problem;
  };
  return (
    <div class="handoff-actions">
      {problem.value ? <ProblemNote problem={problem.value} /> : null}
      <button
        type="button"
        class="secondary"
        id="cancel-handoff"
        aria-disabled={asking.value}
        onClick={() => ask('cancel_handoff')}
      >
        {say(asking.value ? 'run.cancelling' : 'run.cancel')}
      </button>
      {gone ? (
        <button type="button" class="text-button" id="dismiss-handoff" onClick={() => ask('dismiss_handoff')}>
          {say('handoff.put_away')}
        </button>
      ) : null}
    </div>
  );
}
