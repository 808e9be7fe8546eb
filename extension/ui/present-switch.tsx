import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import { say } from './words.ts';

/** Large type for a projector. Kept in the address, so that reloading or bookmarking keeps it. */
export function PresentSwitch() {
  const on = useSignal(location.hash === '#present');
  useEffect(() => {
    document.documentElement.toggleAttribute('data-present', on.value);
    history.replaceState(null, '', on.value ? '#present' : location.pathname);
  }, [on.value]);
  return (
    <button
      type="button"
      class="switch"
      role="switch"
      id="present"
      aria-checked={on.value}
      onClick={() => {
        on.value = !on.value;
      }}
    >
      <span class="knob" aria-hidden="true" />
      <span class="label">{say('app.present')}</span>
    </button>
  );
}
