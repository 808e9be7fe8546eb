import type { Profile } from '#protocol/profile.ts';
import type { Expectation } from '#protocol/run.ts';

import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import type { ReadNumber } from '../../runner/msisdn.ts';
import { readSettings, writeSessionNumber, writeSettings } from '../../runner/settings.ts';
import type { Repeat } from '../repeat/repeat-choice.ts';
import { captureOnce } from './capture-once.ts';
import type { FormState } from './form-state.ts';

/** Sends the form, for one run or for several in a row. The number is kept for this browser session, and longer only if the person said so. */
export async function startRun(
  form: FormState,
  number: ReadNumber,
  profile: Profile,
  expectation: Expectation,
  repeat: Repeat | null,
): Promise<Problem | null> {
  await writeSessionNumber(number.e164);
  // A simulated SIM's number is nobody's; it must not push out the one the person wants remembered.
  if (!profile.simulator) await writeSettings({ rememberedNumber: form.remember ? number.e164 : null });
  await rememberForm(form);
  const start = {
    number: number.e164,
    country: countryOf(number, profile),
    mask: number.mask,
    profileId: form.profileId,
    scenario: form.scenario,
    expectation,
    capture: form.capture,
  };
  const reply = repeat
    ? await askBackground({ type: 'repeat', ...start, ...repeat })
    : await askBackground({ type: 'start', ...start });
  if (reply.ok) captureOnce.value = null;
  return reply.ok ? null : reply.problem;
}

/** Before it is sent: a tab that opens closes the popup. What was offered for this run alone is not how the next one begins. */
async function rememberForm({ profileId, scenario, capture }: FormState): Promise<void> {
  const { lastForm } = await readSettings();
  const chosen = captureOnce.value ? (lastForm?.capture ?? 'fetch') : capture;
  await writeSettings({ lastForm: { profileId, scenario, capture: chosen } });
}

/** Several countries can share a calling code; the profile's own is the likeliest of them. */
export function countryOf({ countries }: ReadNumber, { country }: Profile): string | null {
  return country && countries.includes(country) ? country : (countries[0] ?? null);
}
