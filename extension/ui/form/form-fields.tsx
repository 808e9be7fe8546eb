import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Profile } from '#protocol/profile.ts';

import { settings } from '../backend-watch.ts';
import { ConditionsRow } from '../conditions/conditions-row.tsx';
import { ExpiryNote } from '../expiry-note.tsx';
import { HandoffLink } from '../handoff/handoff-link.tsx';
import { MissingHosts } from '../hosts/missing-hosts.tsx';
import { InspectLink } from '../inspect/inspect-link.tsx';
import { loadedLater } from '../loaded-later.tsx';
import { PreflightLine } from '../preflight/preflight-line.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { ProfileCheck } from '../profile-check/profile-check.tsx';
import { RunButton } from '../repeat/run-button.tsx';
import { say } from '../words.ts';
import { captureOnce } from './capture-once.ts';
import { Choice } from './choice.tsx';
import { ExpectationChoice, ExpectationNote } from './expectation-choice.tsx';
import { type FormState, withProfile, withScenario } from './form-state.ts';
import { NumberField } from './number-field.tsx';
import { NumberNotes } from './number-notes.tsx';
import { useReadNumber } from './number-reading.ts';
import { RememberNumber } from './remember-number.tsx';
import { ScenarioChoice } from './scenario-choice.tsx';
import { useSubmit } from './use-submit.ts';
import { WalkChoice } from './walk-choice.tsx';

const ConditionsDialog = loadedLater(
  async () => (await import('../conditions/conditions-dialog.tsx')).ConditionsDialog,
);

export function FormFields({ first, profiles }: { first: FormState; profiles: Profile[] }) {
  const form = useSignal(first);
  const field = useRef<HTMLInputElement>(null);
  const yes = useRef<HTMLButtonElement>(null);
  const run = useRef<HTMLButtonElement>(null);
  const row = useRef<HTMLButtonElement>(null);
  const editing = useSignal(false);
  const { profileId, scenario, remember } = form.value;
  const profile = profiles.find((one) => one.id === profileId) as Profile;
  const reading = useReadNumber(form.value.number, profile.country);
  const { number } = reading;
  const { error, problem, starting, submit, corrected } = useSubmit(form.value, profile, { field, yes });

  const edit = (changed: Partial<FormState>) => {
    form.value = { ...form.value, ...changed };
    corrected();
  };
  const chooseProfile = (chosen: Profile | undefined) => {
    if (chosen) edit(withProfile(form.value, chosen, number?.e164 ?? null, profiles));
  };
  const chooseWalk = (capture: FormState['capture']) => {
    captureOnce.value = null;
    edit({ capture });
  };
  const onSubmit = (event: Event) => {
    event.preventDefault();
    void submit(null);
  };

  return (
    <div class="body">
      <ExpiryNote />
      <form class="form" onSubmit={onSubmit} noValidate>
        <NumberField
          field={field}
          label={say(profile.simulator ? 'form.number_simulated' : 'form.number')}
          text={form.value.number}
          country={profile.country}
          reading={reading}
          error={error}
          onText={(text) => edit({ number: text })}
        >
          {number && form.value.number ? (
            <NumberNotes number={number} profile={profile} profiles={profiles} onUse={chooseProfile} />
          ) : null}
        </NumberField>
        <div class="field">
          <div class="two">
            <Choice
              id="profile"
              label={say('form.profile')}
              value={profileId}
              options={profiles.map(({ id, name }) => ({ value: id, label: name }))}
              onChoose={(id) => chooseProfile(profiles.find((one) => one.id === id))}
            />
            <ExpectationChoice form={form.value} profile={profile} />
          </div>
          <ExpectationNote form={form.value} profile={profile} />
        </div>
        <MissingHosts profile={profile} />
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
        <ConditionsRow
          row={row}
          yes={yes}
          onEdit={() => {
            editing.value = true;
          }}
          onAnswered={() => run.current?.focus()}
        />
        <WalkChoice chosen={form.value.capture} onChoose={chooseWalk} />
        {problem ? <ProblemNote problem={problem} place="start" /> : null}
        <PreflightLine profile={profile} />
        <RunButton button={run} starting={starting} onRepeat={submit} />
        <p class="ways">
          <InspectLink say="inspect.any_chain" />
          <HandoffLink />
        </p>
      </form>
      {/* Not in the form: forms cannot be nested. */}
      {editing.value ? (
        <ConditionsDialog
          operators={profiles.filter((one) => !one.simulator).map(({ name }) => name)}
          onClose={(stated) => {
            editing.value = false;
            (stated ? run : row).current?.focus();
          }}
        />
      ) : null}
    </div>
  );
}
