import type { HostRule } from '#protocol/profile.ts';

import { HostName } from '../chain/host-name.tsx';
import { say } from '../words.ts';
import { type HostState, takeBack } from './host-access.ts';

const SIGNS: Record<HostState, string> = { allowed: '✓', always: '✓', not_yet: '·', refused: '✕' };

/** One host, what it is for, and whether it may be asked. */
export function HostLine({ host: { pattern, role, scheme }, state }: { host: HostRule; state: HostState }) {
  return (
    <li class={`host-line ${state}`} data-host={pattern} data-state={state}>
      <span class="sign" aria-hidden="true">
        {SIGNS[state]}
      </span>
      <HostName host={pattern} />
      <span class="small about">
        {scheme === 'http' ? <b class="http">{say('note.plain_http')} · </b> : null}
        <span class="dim">{say(`role.${role}`)}</span>
      </span>
      <span class="state">{say(`host_state.${state}`)}</span>
      {state === 'allowed' ? (
        <button
          type="button"
          class="text-button"
          aria-label={say('hosts.revoke_host', [pattern])}
          onClick={() => takeBack(pattern)}
        >
          {say('hosts.revoke')}
        </button>
      ) : null}
    </li>
  );
}
