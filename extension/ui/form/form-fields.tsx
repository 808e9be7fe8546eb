import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Profile } from '#protocol/profile.ts';
import type { Expectation } from '#protocol/run.ts';

import type { Problem } from '../../runner/messages.ts';
import { readMsisdn } from '../../runner/msisdn.ts';
import { settings } from '../backend-watch.ts';
import { ProblemNote } from '../problem-note.tsx';
import { ProfileCheck } from '../profile-check/profile-check.tsx';
import { say } from '../words.ts';
import { BackendLine } from './backend-line.tsx';
import { Choice } from './choice.tsx';
import { type FormState, withProfile, withScenario } from './form-state.ts';
import { NumberField } from './number-field.tsx';
import { NumberNotes } from './number-notes.tsx';
import { type NumberError, useReadNumber } from './number-reading.ts';
import { RememberNumber } from './remember-number.tsx';
import { ScenarioChoice } from './scenario-choice.tsx';
import { startRun } from './start-run.ts';

const EXPECTATIONS: Expectation[] = ['match', 'no_match', 'must_fail'];

export function FormFields({ first, profiles }: { first: FormState; profiles: Profile[] }) {
  const form = useSignal(first);
  const error = useSignal<NumberError | null>(null);
  const problem = useSignal<Problem | null>(null);
  const starting = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const { profileId, scenario, expectation, remember } = form.value;
  const profile = profiles.find((one) => one.id === profileId) as Profile;
  const reading = useReadNumber(form.value.number, profile.country);
  const { number } = reading;

  const edit = (changed: Partial<FormState>) => {
    form.value = { ...form.value, ...changed };
    error.value = null;
  };
  const chooseProfile = (chosen: Profile | undefined) => {
    if (chosen) edit(withProfile(form.value, chosen, number?.e164 ?? null, profiles));
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (starting.value) return;
    starting.value = true;
    const read = await readMsisdn(form.value.number, profile.country);
    if (read) problem.value = await startRun(form.value, read, profile);
    else {
      error.value = form.value.number.trim() ? 'impossible' : 'empty';
      field.current?.focus();
    }
    starting.value = false;
  };

  return (
    <div class="body">
      <form class="form" onSubmit={submit} noValidate>
        <NumberField
          field={field}
          label={say(profile.simulator ? 'form.number_simulated' : 'form.number')}
          text={form.value.number}
          country={profile.country}
          reading={reading}
          error={error.value}
          onText={(text) => edit({ number: text })}
        >
          {number && form.value.number ? (
            <NumberNotes number={number} profile={profile} profiles={profiles} onUse={chooseProfile} />
          ) : null}
        </NumberField>
        <div class="two">
          <Choice
            id="profile"
            label={say('form.profile')}
            value={profileId}
            options={profiles.map(({ id, name }) => ({ value: id, label: name }))}
            onChoose={(id) => chooseProfile(profiles.find((one) => one.id === id))}
          />
          <Choice
            id="expectation"
            label={say('form.expect')}
            value={expectation}
            options={EXPECTATIONS.map((one) => ({ value: one, label: say(`expectation.${one}`) }))}
            onChoose={(one) => edit({ expectation: one as Expectation })}
          />
        </div>
        <ProfileCheck key={profile.id} profile={profile} />
        {profile.simulator ? (
          <ScenarioChoice
            scenarios={profile.simulator.scenarios}
            chosen={scenario}
            onChoose={(name) => edit(withScenario(form.value, profile, name))}
          />
        ) : (
          <RememberNumber
            checked={remember}
            remembered={settings.value?.rememberedNumber !== null}
            onChange={(checked) => edit({ remember: checked })}
            onForget={() => edit({ number: '', remember: false })}
          />
        )}
        {problem.value ? <ProblemNote problem={problem.value} /> : null}
        <button type="submit" class="primary" id="run" disabled={starting.value}>
          {say(starting.value ? 'form.starting' : 'form.run')}
        </button>
        <BackendLine profile={profile} />
      </form>
    </div>
  );
}
