import type { Profile } from '#protocol/profile.ts';

import type { ReadNumber } from '../../runner/msisdn.ts';
import { say } from '../words.ts';
import { isSimulated } from './form-state.ts';

interface Shown {
  number: ReadNumber;
  profile: Profile;
  profiles: Profile[];
  onUse: (profile: Profile) => void;
}

/** Warnings about a number; none of them stops a run, because the operator knows better. */
export function NumberNotes({ number, profile, profiles, onUse }: Shown) {
  const elsewhere = profile.country !== null && !number.countries.includes(profile.country);
  const simulated = isSimulated(number.e164, profiles);
  if (!elsewhere) {
    return number.known || simulated ? null : <p class="hint">{say('number.doubtful')}</p>;
  }
  const better = profiles.find(
    (one) => one.country && !one.simulator && number.countries.includes(one.country),
  );
  const from = number.countries[0];
  return (
    <p class="hint">
      {say('number.other_country', [
        from ? nameOf(from) : `+${number.callingCode}`,
        nameOf(profile.country ?? ''),
      ])}{' '}
      {better ? (
        <button type="button" class="link" id="use-profile" onClick={() => onUse(better)}>
          {say('number.use_profile', [better.name])}
        </button>
      ) : null}
    </p>
  );
}

function nameOf(country: string): string {
  return (
    new Intl.DisplayNames([say('language')], { type: 'region', fallback: 'code' }).of(country) ?? country
  );
}
