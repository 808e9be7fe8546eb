import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import browser from 'webextension-polyfill';
import type { HostRule, Profile } from '#protocol/profile.ts';

import { say } from '../words.ts';

/** One quiet line on what is ready and what is not; the one thing a browser cannot see is asked as a question. */
export function BackendLine({ profile }: { profile: Profile }) {
  const missing = useSignal<number | null>(null);
  useEffect(() => {
    missing.value = null;
    Promise.all(profile.hosts.map(isAllowed)).then((allowed) => {
      missing.value = allowed.filter((one) => !one).length;
    });
  }, [profile.id]);

  const hosts = String(profile.hosts.length);
  const parts = [
    say('form.backend_ok'),
    ...(missing.value === 0 ? [say('form.hosts_allowed')] : []),
    ...(missing.value ? [say('form.hosts_will_ask', [String(missing.value), hosts])] : []),
    say(profile.simulator ? 'form.simulated_hint' : 'form.wifi_hint'),
  ];
  return (
    <p class="quiet" id="backend-line">
      <i class="dot" aria-hidden="true" />
      <span>{parts.join(' · ')}</span>
    </p>
  );
}

function isAllowed({ pattern, scheme }: HostRule): Promise<boolean> {
  const origin = `${scheme === 'either' ? '*' : scheme}://${pattern}/*`;
  return browser.permissions.contains({ origins: [origin] }).catch(() => false);
}
