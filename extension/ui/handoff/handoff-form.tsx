import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { expectationOf } from '#protocol/expectation.ts';
import type { Profile } from '#protocol/profile.ts';
import type { Expectation } from '#protocol/run.ts';

import type { StatedDraft } from '../../runner/conditions.ts';
import { settings } from '../backend-watch.ts';
import { Choice } from '../form/choice.tsx';
import { initialForm, withProfile, withScenario } from '../form/form-state.ts';
import { NumberField } from '../form/number-field.tsx';
import { NumberNotes } from '../form/number-notes.tsx';
import { useReadNumber } from '../form/number-reading.ts';
import { ScenarioChoice } from '../form/scenario-choice.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';
import { PhoneConditions } from './phone-conditions.tsx';
import { useBegin } from './use-begin.ts';
import { whyNot } from './why-not.ts';
import { WhyNotNote } from './why-not-note.tsx';

const EXPECTATIONS: Expectation[] = ['match', 'no_match', 'must_fail'];

interface Shown {
  profiles: Profile[];
  callbackUrl: string | null;
}

/** Which number, asked of whom, on a phone that is connected how; and the button that makes a link of it. */
export function HandoffForm({ profiles, callbackUrl }: Shown) {
  const ordered = fittingFirst(profiles, callbackUrl);
  const form = useSignal(firstForm(ordered));
  const stated = useSignal<StatedDraft>({});
  const chosen = useSignal<Expectation | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const profile = profiles.find(({ id }) => id === form.value.profileId) ?? (ordered[0] as Profile);
  const { scenario, number: text } = form.value;
  const reading = useReadNumber(text, profile.country);
  const expectation = chosen.value ?? followed(profile, stated.value);
  const reason = whyNot(profile, callbackUrl);
  const { error, problem, beginning, begin, corrected } = useBegin(field);

  const edit = (changed: typeof form.value) => {
    form.value = changed;
    corrected();
  };
  const chooseProfile = (next: Profile | undefined) => {
    if (next) edit(withProfile(form.value, next, reading.number?.e164 ?? null, profiles));
  };
  const onSubmit = (event: Event) => {
    event.preventDefault();
    if (reason === null) void begin({ text, profile, scenario, expectation, stated: stated.value });
  };
  return (
    <div class="body">
      <form class="form" onSubmit={onSubmit} noValidate>
        <Choice
          id="profile"
          label={say('form.profile')}
          value={profile.id}
          options={ordered.map(({ id, name }) => ({ value: id, label: name }))}
          onChoose={(id) => chooseProfile(profiles.find((one) => one.id === id))}
        />
        {reason ? <WhyNotNote reason={reason} profile={profile} callbackUrl={callbackUrl} /> : null}
        <NumberField
          field={field}
          label={say('handoff.number')}
          text={text}
          country={profile.country}
          reading={reading}
          error={error}
          onText={(typed) => edit({ ...form.value, number: typed })}
        >
          {reading.number && text ? (
            <NumberNotes
              number={reading.number}
              profile={profile}
              profiles={profiles}
              onUse={chooseProfile}
            />
          ) : null}
        </NumberField>
        {profile.simulator ? (
          <ScenarioChoice
            scenarios={profile.simulator.scenarios}
            chosen={scenario}
            onChoose={(name) => edit(withScenario(form.value, profile, name))}
          />
        ) : null}
        <PhoneConditions
          stated={stated.value}
          operators={profiles.filter((one) => !one.simulator).map(({ name }) => name)}
          onState={(changed) => {
            stated.value = { ...stated.value, ...changed };
          }}
        />
        <Choice
          id="expectation"
          label={say('form.expect')}
          value={expectation}
          options={EXPECTATIONS.map((one) => ({ value: one, label: say(`expectation.${one}`) }))}
          onChoose={(value) => {
            chosen.value = value as Expectation;
          }}
        />
        {problem ? <ProblemNote problem={problem} place="start" /> : null}
        <button type="submit" class="primary" id="make-link" aria-disabled={reason !== null || beginning}>
          {say(beginning ? 'handoff.making' : 'handoff.make')}
        </button>
        <p class="small dim">{say('handoff.promise')}</p>
      </form>
    </div>
  );
}

/** Those that a phone can walk come first: who comes here comes for one of them. */
function fittingFirst(profiles: Profile[], callbackUrl: string | null): Profile[] {
  const fits = (one: Profile) => whyNot(one, callbackUrl) === null;
  return [...profiles.filter(fits), ...profiles.filter((one) => !fits(one))];
}

/** The number of this browser's own runs is another phone's: the field begins empty. */
function firstForm(ordered: Profile[]) {
  const known = settings.value;
  const blank = {
    profileId: ordered[0]?.id ?? '',
    scenario: null,
    number: '',
    remember: false,
    capture: 'fetch',
  } as const;
  if (!known) return { ...blank };
  const form = initialForm({
    profiles: ordered,
    settings: { ...known, lastForm: null, rememberedNumber: null },
    sessionNumber: null,
  });
  return form ?? { ...blank };
}

/** The simulated operator's network is none of the phone's. */
function followed({ simulator }: Profile, { bearer, vpn }: StatedDraft): Expectation {
  if (simulator) return 'match';
  return expectationOf({
    ...(bearer ? { bearer: { value: bearer } } : {}),
    ...(vpn ? { vpn: { value: vpn } } : {}),
  }).expectation;
}
