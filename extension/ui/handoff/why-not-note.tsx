import type { Profile } from '#protocol/profile.ts';

import { say } from '../words.ts';
import type { WhyNot } from './why-not.ts';

interface Shown {
  reason: NonNullable<WhyNot>;
  profile: Profile;
  callbackUrl: string | null;
}

/** Why a phone cannot walk this profile's chain, and who can change that by which setting. */
export function WhyNotNote({ reason, profile, callbackUrl }: Shown) {
  return (
    <div class="banner" id="why-not" data-reason={reason}>
      <h2>{say('handoff.not_offered')}</h2>
      {reason === 'no_address' ? (
        <p>{say('handoff.no_address')}</p>
      ) : (
        <>
          <p>{say('handoff.leads_elsewhere')}</p>
          <dl class="addresses">
            <dt>{say('handoff.leads_to')}</dt>
            <dd class="mono">{profile.redirectUri}</dd>
            <dt>{say('handoff.should_lead_to')}</dt>
            <dd class="mono">{callbackUrl}</dd>
          </dl>
        </>
      )}
    </div>
  );
}
