import { useEffect } from 'preact/hooks';
import browser from 'webextension-polyfill';
import type { Profile } from '#protocol/profile.ts';
import { askProfiles, backend } from '../backend-watch.ts';
import { spellCount } from '../counts.ts';
import { urlParts } from '../detail/url-parts.ts';
import { hostsToAllow } from '../hosts/host-access.ts';
import { missingOf, useHostStates } from '../hosts/use-host-states.ts';
import { hrefOf } from '../inspector/route.ts';
import { allowed } from '../key-access.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';
import { CheckResult } from './check-result.tsx';
import { useProfileCheck } from './use-profile-check.ts';

/** The backend's profiles, each with its check. */
export function ProfileList() {
  useEffect(() => {
    askProfiles();
  }, []);
  const known = backend.value;
  return (
    <section class="body card">
      <h2>{say('options.profiles')}</h2>
      <p class="small dim">{say('profile_check.what')}</p>
      {known.state === 'asking' ? (
        <p class="quiet" role="status">
          {say('form.backend_checking')}
        </p>
      ) : null}
      {known.state === 'problem' ? <ProblemNote problem={known.problem} /> : null}
      {known.state === 'ok' && known.profiles.length === 0 ? <p>{say('form.no_profiles')}</p> : null}
      {known.state === 'ok' && known.profiles.length > 0 ? (
        <ul class="profiles">
          {known.profiles.map((profile) => (
            <ProfileLine key={profile.id} profile={profile} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function ProfileLine({ profile }: { profile: Profile }) {
  const { state, check } = useProfileCheck(profile.id);
  const hosts = hostsToAllow(profile);
  const states = useHostStates(hosts);
  const hostsRoute = { page: 'hosts', profileId: profile.id } as const;
  const titleId = `profile-${profile.id}`;
  return (
    <li class="profile-line" data-profile={profile.id}>
      <span class="profile-title">
        <b id={titleId}>{profile.name}</b>
        <span class="mono dim">{urlParts(profile.authorizeUrl).host}</span>
      </span>
      {allowed().run ? (
        <button
          type="button"
          class="secondary"
          aria-describedby={titleId}
          aria-disabled={state.kind === 'checking'}
          onClick={check}
        >
          {say('profile_check.check')}
        </button>
      ) : null}
      <a
        class="link small"
        href={browser.runtime.getURL(`/inspector.html${hrefOf(hostsRoute)}`)}
        target="_blank"
        rel="noopener"
      >
        {say('hosts.of_profile', [
          spellCount(hosts.length - missingOf(states).length),
          spellCount(hosts.length),
        ])}
      </a>
      <CheckResult state={state} />
    </li>
  );
}
