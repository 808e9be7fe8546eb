import './filter-campaign.css';
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';

import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import { allowed } from '../key-access.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';

/** A campaign whose runs are looked at can be kept: what is old is deleted, and its runs are not. */
export function FilterCampaign({ campaign }: { campaign: string }) {
  /** Null until it is known. */
  const kept = useSignal<boolean | null>(null);
  const asking = useSignal(true);
  const problem = useSignal<Problem | null>(null);
  const what = useId();
  useEffect(() => {
    askBackground({ type: 'campaigns' }).then((reply) => {
      asking.value = false;
      if (reply.ok) kept.value = reply.value.kept.includes(campaign);
      else problem.value = reply.problem;
    });
  }, []);
  const turn = async () => {
    if (asking.value || kept.value === null) return;
    asking.value = true;
    const reply = await askBackground({ type: 'keep_campaign', campaign, kept: !kept.value });
    asking.value = false;
    problem.value = reply.ok ? null : reply.problem;
    if (reply.ok) kept.value = reply.value.kept;
  };
  if (!allowed().decide) return kept.value ? <p class="dim small">{say('campaign.kept_what')}</p> : null;
  return (
    <div class="kept-campaign">
      <button
        type="button"
        class="switch"
        role="switch"
        id="keep-campaign"
        aria-checked={kept.value === true}
        aria-disabled={asking.value || kept.value === null}
        aria-describedby={what}
        onClick={turn}
      >
        <span class="knob" aria-hidden="true" />
        {say('campaign.keep')}
      </button>
      <span class="dim small" id={what}>
        {say(kept.value ? 'campaign.kept_what' : 'campaign.keep_what')}
      </span>
      {problem.value ? <ProblemNote problem={problem.value} /> : null}
    </div>
  );
}
