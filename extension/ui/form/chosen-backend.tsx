import type { ManagedBackend } from '../../runner/managed-backend.ts';
import { say } from '../words.ts';

/** The backend that an administrator's policy names, or that it names none which can be used. */
export function ChosenBackend({ chosen }: { chosen: ManagedBackend }) {
  if (chosen.state === 'unusable') {
    return (
      <p class="problem" data-chosen="unusable">
        <span class="sign" aria-hidden="true">
          !
        </span>
        <span>
          {say('pair.chosen_unusable')} <span class="mono">{chosen.written}</span>
        </span>
      </p>
    );
  }
  return (
    <div class="chosen" data-chosen="offered">
      <p class="small dim">{say('pair.chosen')}</p>
      {chosen.name ? <p class="chosen-name">{chosen.name}</p> : null}
      <p class="mono">{chosen.url}</p>
    </div>
  );
}
