import './hosts.css';
import type { Profile } from '#protocol/profile.ts';

import { sayCount, spellCount } from '../counts.ts';
import { openInspector } from '../in-popup.ts';
import { hrefOf } from '../inspector/route.ts';
import { say } from '../words.ts';
import { hostsToAllow } from './host-access.ts';
import { missingOf, useHostStates } from './use-host-states.ts';

/** Offered as soon as a profile is chosen whose hosts are not all allowed. The question itself is asked in a tab. */
export function MissingHosts({ profile }: { profile: Profile }) {
  const hosts = hostsToAllow(profile);
  const missing = missingOf(useHostStates(hosts)).length;
  if (missing === 0) return null;
  return (
    <section class="missing-hosts" aria-labelledby="missing-hosts-title">
      <p id="missing-hosts-title">
        <b>{sayCount('hosts.missing', missing, [spellCount(hosts.length)])}</b>{' '}
        <span class="small dim">{say('hosts.offer_what')}</span>
      </p>
      <button
        type="button"
        class="secondary"
        id="allow-hosts"
        onClick={() => openInspector(hrefOf({ page: 'hosts', profileId: profile.id }))}
      >
        {say('hosts.offer')}
      </button>
    </section>
  );
}
