import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import type { Profile } from '#protocol/profile.ts';

import type { Problem } from '../../runner/messages.ts';
import { readMsisdn } from '../../runner/msisdn.ts';
import { settings } from '../backend-watch.ts';
import { conditionsDoubt } from '../conditions/conditions-state.ts';
import { takeQuietly } from '../preflight/cookie-access.ts';
import type { Repeat } from '../repeat/repeat-choice.ts';
import { expectationFor } from './expectation-choice.tsx';
import type { FormState } from './form-state.ts';
import type { NumberError } from './number-reading.ts';
import { startRun } from './start-run.ts';

interface Places {
  field: RefObject<HTMLInputElement | null>;
  /** The answer to "still so?", there while that is asked. */
  yes: RefObject<HTMLButtonElement | null>;
}

/** What Run does: look at the number, ask once about doubtful conditions, start. */
export function useSubmit(form: FormState, profile: Profile, { field, yes }: Places) {
  const error = useSignal<NumberError | null>(null);
  const problem = useSignal<Problem | null>(null);
  const starting = useSignal(false);
  const askedOnce = useRef(false);

  const attempt = async (repeat: Repeat | null) => {
    const cookies = settings.value?.cleanStart === 'off' ? null : takeQuietly();
    const read = await readMsisdn(form.number, profile.country);
    if (!read) {
      error.value = form.number.trim() ? 'impossible' : 'empty';
      return field.current?.focus();
    }
    // Asked, not blocked: who presses Run again runs with what was said, and the record has its age.
    const ask = conditionsDoubt(Date.now()) !== null && !askedOnce.current;
    askedOnce.current = ask;
    if (ask && yes.current) return yes.current.focus();
    await cookies;
    problem.value = await startRun(form, read, profile, expectationFor(form, profile), repeat);
  };
  const submit = async (repeat: Repeat | null) => {
    if (starting.value) return;
    starting.value = true;
    await attempt(repeat);
    starting.value = false;
  };
  const corrected = () => {
    error.value = null;
  };
  return {
    error: error.value,
    problem: problem.value,
    starting: starting.value,
    submit,
    corrected,
  };
}
