import type { Profile } from '#protocol/profile.ts';
import type { Expectation } from '#protocol/run.ts';

import type { Capture, Settings } from '../../runner/settings.ts';

/** What the form holds. `number` is the text of the field, read against the profile's country. */
export interface FormState {
  profileId: string;
  scenario: string | null;
  number: string;
  remember: boolean;
  capture: Capture;
}

interface Known {
  profiles: Profile[];
  settings: Settings;
  sessionNumber: string | null;
  /** See `captureOnce`. */
  once?: Capture | null;
}

/** The form as it was last sent, as far as the backend still has what it names. */
export function initialForm({ profiles, settings, sessionNumber, once }: Known): FormState | null {
  const profile = profiles.find((one) => one.id === settings.lastForm?.profileId) ?? profiles[0];
  if (!profile) return null;
  const scenario = scenarioOf(profile, settings.lastForm?.scenario ?? null);
  const kept = settings.rememberedNumber ?? sessionNumber;
  return {
    profileId: profile.id,
    scenario: scenario?.name ?? null,
    number: numberFor(profile, scenario?.number ?? null, kept, profiles),
    remember: settings.rememberedNumber !== null,
    capture: once ?? settings.lastForm?.capture ?? 'fetch',
  };
}

/** Another profile: a simulated one brings its scenario and number, a live one must not keep a simulated number. */
export function withProfile(
  form: FormState,
  profile: Profile,
  e164: string | null,
  profiles: Profile[],
): FormState {
  const scenario = scenarioOf(profile, null);
  return {
    ...form,
    profileId: profile.id,
    scenario: scenario?.name ?? null,
    // In full, because the same digits would be another number in another country.
    number: scenario ? scenario.number : numberFor(profile, null, e164 ?? form.number, profiles),
  };
}

export function withScenario(form: FormState, profile: Profile, name: string): FormState {
  const scenario = profile.simulator?.scenarios.find((one) => one.name === name);
  return scenario ? { ...form, scenario: name, number: scenario.number } : form;
}

/** Of all that can be played, what a person expects of a verification. */
const FIRST_SCENARIO = 'match';

function scenarioOf(profile: Profile, name: string | null) {
  const scenarios = profile.simulator?.scenarios ?? [];
  const named = (wanted: string | null) => scenarios.find((one) => one.name === wanted);
  return named(name) ?? named(FIRST_SCENARIO) ?? scenarios[0] ?? null;
}

/** A simulated SIM answers for its own number; a live profile starts with the person's. */
function numberFor(
  profile: Profile,
  scenarios: string | null,
  kept: string | null,
  profiles: Profile[],
): string {
  if (profile.simulator) return scenarios ?? kept ?? '';
  return kept && !isSimulated(kept, profiles) ? kept : '';
}

/** A number of a simulated SIM: it is in no real range, and needs no warning for that. */
export function isSimulated(e164: string, profiles: readonly Profile[]): boolean {
  return profiles.some((profile) => profile.simulator?.scenarios.some((one) => one.number === e164));
}

/** An expectation that was set for this profile and scenario; for another it says nothing. */
export function chosenFor(form: FormState, chosen: Settings['chosenExpectation']): Expectation | null {
  const same = chosen?.profileId === form.profileId && chosen.scenario === form.scenario;
  return same ? chosen.expectation : null;
}
