import './hosts.css';
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Profile } from '#protocol/profile.ts';
import { askProfiles, backend, settings } from '../backend-watch.ts';
import { sayCount } from '../counts.ts';
import { urlParts } from '../detail/url-parts.ts';
import { PairingCard } from '../form/pairing-card.tsx';
import { hrefOf } from '../inspector/route.ts';
import { CookieAccess } from '../preflight/clean-start-field.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';
import { allowHosts, hostsToAllow } from './host-access.ts';
import { HostLine } from './host-line.tsx';
import { OtherHosts } from './other-hosts.tsx';
import { missingOf, useHostStates } from './use-host-states.ts';

/**
 * The one place where the hosts of a profile are asked for: a page with a button, because a prompt would close the popup.
 * Without a profile it shows what is allowed.
 */
export function HostsPage({ profileId }: { profileId: string | null }) {
  const paired = settings.value?.backend;
  useEffect(() => {
    if (paired) askProfiles();
  }, [paired?.url]);
  if (!settings.value) return null;
  const known = backend.value;
  const asked = paired && profileId !== null;
  const profile = asked && known.state === 'ok' ? known.profiles.find(({ id }) => id === profileId) : null;
  return (
    <main class="in-tab body hosts-page">
      <h1>{say('hosts.title')}</h1>
      {paired || profileId === null ? null : <PairingCard />}
      {asked && known.state === 'asking' ? (
        <p class="quiet" role="status">
          {say('form.backend_checking')}
        </p>
      ) : null}
      {asked && known.state === 'problem' ? <ProblemNote problem={known.problem} /> : null}
      {profile ? <ProfileHosts key={profile.id} profile={profile} /> : null}
      {asked && known.state === 'ok' && !profile ? <p>{say('hosts.gone')}</p> : null}
      {asked && known.state === 'asking' ? null : (
        <OtherHosts
          listed={profile ? hostsToAllow(profile).map(({ pattern }) => pattern) : []}
          alone={profileId === null}
          callbackHost={profile ? urlParts(profile.redirectUri).host : null}
        />
      )}
    </main>
  );
}

function ProfileHosts({ profile }: { profile: Profile }) {
  const hosts = hostsToAllow(profile);
  const states = useHostStates(hosts);
  const missing = missingOf(states);
  const denied = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const ready = states !== null;
  useLayoutEffect(() => button.current?.focus(), [ready]);

  const allow = async () => {
    denied.value = !(await allowHosts(missing));
  };
  return (
    <>
      <p>
        <b>{say('hosts.of', [profile.name])}</b> <span class="dim">{say('hosts.what')}</span>
      </p>
      {states && missing.length > 0 ? (
        <button type="button" class="primary" id="allow" ref={button} onClick={allow}>
          {sayCount('hosts.allow', missing.length)}
        </button>
      ) : null}
      <div aria-live="polite">
        {denied.value && missing.length > 0 ? <p class="denied">{say('hosts.denied')}</p> : null}
        {states && missing.length === 0 && hosts.length > 0 ? (
          <p class="all-allowed">
            <span aria-hidden="true">✓ </span>
            {say('hosts.all_allowed')}
          </p>
        ) : null}
      </div>
      {hosts.length === 0 ? <p>{say('hosts.none')}</p> : null}
      {states && hosts.length > 0 ? (
        <ul class="hosts" aria-label={say('hosts.list')}>
          {hosts.map((host) => (
            <HostLine key={host.pattern} host={host} state={states.get(host.pattern) ?? 'not_yet'} />
          ))}
        </ul>
      ) : null}
      <CookieAccess profileId={profile.id} />
      <p class="small dim">{say('hosts.not_asked', [urlParts(profile.redirectUri).host])}</p>
      {states && (missing.length === 0 || denied.value) ? (
        <a class="secondary-link" id="to-new-run" href={hrefOf({ page: 'new_run' })}>
          {say('hosts.new_run')}
        </a>
      ) : null}
    </>
  );
}
