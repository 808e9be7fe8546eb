import type { Profile } from '#protocol/profile.ts';

import { hostsToAllow } from '../hosts/host-access.ts';
import { missingOf, useHostStates } from '../hosts/use-host-states.ts';
import { say } from '../words.ts';

/** One quiet line on what is ready and what is not; the one thing a browser cannot see is asked as a question. */
export function BackendLine({ profile }: { profile: Profile }) {
  const hosts = hostsToAllow(profile);
  const states = useHostStates(hosts);
  const missing = missingOf(states).length;
  const parts = [
    say('form.backend_ok'),
    ...(states && missing === 0 ? [say('form.hosts_allowed')] : []),
    ...(missing > 0 ? [say('form.hosts_will_ask', [String(missing), String(hosts.length)])] : []),
    say(profile.simulator ? 'form.simulated_hint' : 'form.wifi_hint'),
  ];
  return (
    <p class="quiet" id="backend-line">
      <i class="dot" aria-hidden="true" />
      <span>{parts.join(' · ')}</span>
    </p>
  );
}
