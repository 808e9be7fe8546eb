import type { Profile } from '#protocol/profile.ts';

import { say } from '../words.ts';
import { CheckResult } from './check-result.tsx';
import { useProfileCheck } from './use-profile-check.ts';

/** The quiet offer below the profile's choice in the form. */
export function ProfileCheck({ profile }: { profile: Profile }) {
  const { state, check } = useProfileCheck(profile.id);
  return (
    <div class="profile-check">
      <button
        type="button"
        class="link small"
        id="check-profile"
        aria-disabled={state.kind === 'checking'}
        onClick={check}
      >
        {say('profile_check.offer')}
      </button>
      <CheckResult state={state} />
    </div>
  );
}
