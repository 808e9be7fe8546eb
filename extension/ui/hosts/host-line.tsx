import type { HostRule } from '#protocol/profile.ts';

import { HostName } from '../chain/host-name.tsx';
import { say } from '../words.ts';
import { type HostState, takeBack } from './host-access.ts';
import { RevokeButton } from './revoke-button.tsx';

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
      {state === 'allowed' ? <RevokeButton name={pattern} onRevoke={() => takeBack(pattern)} /> : null}
    </li>
  );
}
