import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import browser from 'webextension-polyfill';

import { settings } from '../backend-watch.ts';
import { HostName } from '../chain/host-name.tsx';
import { say } from '../words.ts';
import { readOtherOrigins, takeBackOrigin } from './host-access.ts';
import { RevokeButton } from './revoke-button.tsx';

interface Shown {
  /** Patterns that the page shows already. */
  listed: readonly string[];
  /** Nothing else is on the page, whose title says what they are. */
  alone: boolean;
  /** That of the profile's redirect_uri, if a profile is shown. */
  callbackHost: string | null;
}

/** Every other host that was ever allowed and not taken back, so that nothing stays allowed out of sight. */
export function OtherHosts({ listed, alone, callbackHost }: Shown) {
  const origins = useOtherOrigins(listed);
  if (origins === null) return null;
  if (origins.length === 0) return <p class="small dim">{say('hosts.no_others')}</p>;
  return (
    <section class="other-hosts" aria-label={say('hosts.others')}>
      {alone ? null : <h2>{say('hosts.others')}</h2>}
      <p class="small dim">{say('hosts.others_what')}</p>
      <ul class="hosts" aria-label={say('hosts.others')}>
        {origins.map((origin) => (
          <OtherHost key={origin} origin={origin} callbackHost={callbackHost} />
        ))}
      </ul>
    </section>
  );
}

function OtherHost({ origin, callbackHost }: { origin: string; callbackHost: string | null }) {
  const name = nameOf(origin);
  const what = whatIs(origin, callbackHost);
  return (
    <li class="host-line allowed" data-origin={origin}>
      <span class="sign" aria-hidden="true">
        ✓
      </span>
      <HostName host={name} />
      {what ? <span class="small about dim">{what}</span> : null}
      <span class="state">{say('host_state.allowed')}</span>
      <RevokeButton name={name} onRevoke={() => takeBackOrigin(origin)} />
    </li>
  );
}

/** `*://he.operator.example/*` reads as the host; one that is allowed for a single scheme is named with it. */
function nameOf(origin: string): string {
  if (origin === '<all_urls>' || /^\*:\/\/\*\/\*$/.test(origin)) return say('hosts.every');
  return origin.replace(/^\*:\/\//, '').replace(/\/\*$/, '');
}

function whatIs(origin: string, callbackHost: string | null): string | null {
  const host = /^[^:]+:\/\/([^/]+)\//.exec(origin)?.[1] ?? '';
  const backend = settings.value?.backend?.url;
  if (backend && URL.parse(backend)?.hostname === host) return say('hosts.of_backend');
  return host === callbackHost ? say('hosts.of_callback') : null;
}

function useOtherOrigins(listed: readonly string[]): string[] | null {
  const origins = useSignal<string[] | null>(null);
  useEffect(() => {
    let left = false;
    const read = async () => {
      const now = await readOtherOrigins(listed);
      if (!left) origins.value = now;
    };
    const { onAdded, onRemoved } = browser.permissions;
    onAdded.addListener(read);
    onRemoved.addListener(read);
    void read();
    return () => {
      left = true;
      onAdded.removeListener(read);
      onRemoved.removeListener(read);
    };
  }, [listed.join()]);
  return origins.value;
}
