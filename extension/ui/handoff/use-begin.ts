import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import type { Profile } from '#protocol/profile.ts';
import type { Expectation } from '#protocol/run.ts';

import { askBackground } from '../../runner/ask-background.ts';
import { type StatedDraft, tidy } from '../../runner/conditions.ts';
import type { HandoffMessage, Problem } from '../../runner/messages.ts';
import { readMsisdn } from '../../runner/msisdn.ts';
import type { NumberError } from '../form/number-reading.ts';
import { countryOf } from '../form/start-run.ts';

interface Asked {
  text: string;
  profile: Profile;
  scenario: string | null;
  expectation: Expectation;
  stated: StatedDraft;
}

/** What the button does: look at the number, then have a link made. The number goes to the background and is kept nowhere. */
export function useBegin(field: RefObject<HTMLInputElement | null>) {
  const error = useSignal<NumberError | null>(null);
  const problem = useSignal<Problem | null>(null);
  const beginning = useSignal(false);

  const attempt = async ({ text, profile, scenario, expectation, stated }: Asked) => {
    const read = await readMsisdn(text, profile.country);
    if (!read) {
      error.value = text.trim() ? 'impossible' : 'empty';
      return field.current?.focus();
    }
    const reply = await askBackground({
      type: 'begin_handoff',
      number: read.e164,
      country: countryOf(read, profile),
      mask: read.mask,
      profileId: profile.id,
      scenario,
      expectation,
      stated: tidy(stated) as HandoffMessage['stated'],
    });
    problem.value = reply.ok ? null : reply.problem;
  };
  return {
    error: error.value,
    problem: problem.value,
    beginning: beginning.value,
    async begin(asked: Asked) {
      if (beginning.value) return;
      beginning.value = true;
      await attempt(asked);
      beginning.value = false;
    },
    corrected() {
      error.value = null;
    },
  };
}
