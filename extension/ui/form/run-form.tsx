import './form.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Profile } from '#protocol/profile.ts';

import { readMsisdn } from '../../runner/msisdn.ts';
import { readSessionNumber, type Settings } from '../../runner/settings.ts';
import { askProfiles, backend, PAIR_AGAIN, settings } from '../backend-watch.ts';
import { hostsToAllow } from '../hosts/host-access.ts';
import { primeHostStates } from '../hosts/use-host-states.ts';
import { allowed } from '../key-access.ts';
import { ProblemNote } from '../problem-note.tsx';
import { ReadOnlyCard } from '../read-only-card.tsx';
import { say } from '../words.ts';
import { captureOnce } from './capture-once.ts';
import { FormFields } from './form-fields.tsx';
import { type FormState, initialForm } from './form-state.ts';
import { PairingCard } from './pairing-card.tsx';

/** The form, once the backend has said what it offers. */
export function RunForm() {
  /** As it opens, and the profiles it was made of. */
  const first = useSignal<{ form: FormState | null; profiles: Profile[] } | null>(null);
  useEffect(() => {
    askProfiles();
  }, []);
  const state = backend.value;
  useEffect(() => {
    const known = settings.value;
    if (state.state !== 'ok') first.value = null;
    if (state.state !== 'ok' || !known) return;
    const { profiles } = state;
    firstForm(profiles, known).then((form) => {
      if (backend.peek() === state) first.value = { form, profiles };
    });
  }, [state]);

  if (state.state === 'problem') {
    if (PAIR_AGAIN.includes(state.problem.code)) return <PairingCard problem={state.problem} />;
    return (
      <div class="body">
        <ProblemNote problem={state.problem} />
        <button type="button" class="primary" id="retry" onClick={askProfiles}>
          {say('form.retry')}
        </button>
      </div>
    );
  }
  if (!allowed().run) return <ReadOnlyCard />;
  if (state.state === 'asking' || first.value === null) {
    return (
      <div class="body">
        <p class="quiet" role="status">
          {say('form.backend_checking')}
        </p>
      </div>
    );
  }
  const { form, profiles } = first.value;
  if (form === null) {
    return (
      <div class="body">
        <p>{say('form.no_profiles')}</p>
        <button type="button" class="primary" id="retry" onClick={askProfiles}>
          {say('form.retry')}
        </button>
      </div>
    );
  }
  // Of other profiles it is another form.
  return (
    <FormFields
      key={profiles.map(({ id, simulator }) => `${id} ${simulator !== null}`).join()}
      first={form}
      profiles={profiles}
    />
  );
}

/** The form as it opens, its number already written as the field will show it. */
async function firstForm(profiles: Profile[], known: Settings): Promise<FormState | null> {
  const sessionNumber = await readSessionNumber();
  const form = initialForm({ profiles, settings: known, sessionNumber, once: captureOnce.value });
  const profile = profiles.find(({ id }) => id === form?.profileId);
  const country = profile?.country ?? null;
  if (profile) await primeHostStates(hostsToAllow(profile));
  return form?.number
    ? { ...form, number: (await readMsisdn(form.number, country))?.shown ?? form.number }
    : form;
}
