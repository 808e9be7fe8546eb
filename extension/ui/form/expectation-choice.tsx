import { expectationOf, type FollowedExpectation } from '#protocol/expectation.ts';
import type { Profile } from '#protocol/profile.ts';
import type { Expectation } from '#protocol/run.ts';
import { conditionsOf } from '../../runner/conditions.ts';

import { settings } from '../backend-watch.ts';
import { chooseExpectation, keptConditions, observedNow } from '../conditions/conditions-state.ts';
import { say } from '../words.ts';
import { Choice } from './choice.tsx';
import { chosenFor, type FormState } from './form-state.ts';

const EXPECTATIONS: Expectation[] = ['match', 'no_match', 'must_fail'];

/** What this form expects: what the person set, else what follows from the conditions. */
export function expectationFor(form: FormState, profile: Profile): Expectation {
  return chosenFor(form, settings.value?.chosenExpectation ?? null) ?? followed(profile).expectation;
}

export function ExpectationChoice({ form, profile }: { form: FormState; profile: Profile }) {
  const expectation = expectationFor(form, profile);
  const choose = (value: string) => {
    const { profileId, scenario } = form;
    const own = value !== followed(profile).expectation;
    void chooseExpectation(own ? { profileId, scenario, expectation: value as Expectation } : null);
  };
  return (
    <Choice
      id="expectation"
      label={say('form.expect')}
      value={expectation}
      options={EXPECTATIONS.map((one) => ({ value: one, label: say(`expectation.${one}`) }))}
      onChoose={choose}
    />
  );
}

/** Why it expects that, where it is not the plain case; and the way back from a choice of one's own. */
export function ExpectationNote({ form, profile }: { form: FormState; profile: Profile }) {
  const { because, expectation } = followed(profile);
  const own = chosenFor(form, settings.value?.chosenExpectation ?? null);
  if (own) {
    return (
      <p class="about-choice" id="expectation-own">
        {say('form.expect_own')}{' '}
        <button
          type="button"
          class="link small"
          id="follow-conditions"
          onClick={() => chooseExpectation(null)}
        >
          {say('form.follow_conditions', [say(`expectation_word.${expectation}`)])}
        </button>
      </p>
    );
  }
  if (!because) return null;
  return (
    <p class="about-choice" id="expectation-follows" aria-live="polite">
      {say('form.expect_follows', [say(`expectation_word.${expectation}`), say(`hindrance.${because}`)])}
    </p>
  );
}

/** The simulated operator has a network of its own; what this device is connected by plays no part in it. */
function followed({ simulator }: Profile): FollowedExpectation {
  return expectationOf(simulator ? {} : conditionsOf(keptConditions(), observedNow(), Date.now()));
}
